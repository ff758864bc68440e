// SPDX-License-Identifier: MIT
/*
 * The frame of all tortures: threads, their random numbers, and the end.
 */
#include <quire/torture.h>

#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/panic.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>

static unsigned int seed;
module_param(seed, uint, 0);
MODULE_PARM_DESC(seed, "of the random numbers; 0: another each time");

unsigned int torture_rounds = 1;
module_param_named(rounds, torture_rounds, uint, 0);
MODULE_PARM_DESC(rounds, "how often each torture does its steps");

/* Failed checks that are printed, of each run. */
#define WRONG_SHOWN 5

/* Without a step of anybody in so many looks, there will be none. */
#define LOOK_TICKS (10 * HZ)
#define STUCK_LOOKS 4

u32 torture_random(struct torture_thread *self)
{
	return prandom_u32_state(&self->rnd);
}

u32 torture_below(struct torture_thread *self, u32 limit)
{
	return torture_random(self) % limit;
}

void torture_wrong(struct torture_thread *self, const char *file, int line,
		   const char *what)
{
	if (atomic_inc_return(&self->torture->wrong) > WRONG_SHOWN)
		return;
	pr_err("torture: thread %u on CPU %d, step %lu: %s:%d: not so: %s\n",
	       self->index, raw_smp_processor_id(), self->step, file, line,
	       what);
}

static void all_steps(struct torture_thread *self)
{
	struct torture *torture = self->torture;

	if (torture->begin)
		torture->begin(self);
	while (self->step < torture->each) {
		torture->step(self);
		WRITE_ONCE(self->step, self->step + 1);
	}
	if (torture->end)
		torture->end(self);
}

static int torture_thread(void *data)
{
	struct torture_thread *self = data;
	struct torture *torture = self->torture;

	wait_for_completion(&torture->go);
	if (!torture->cancelled)
		all_steps(self);
	if (atomic_dec_and_test(&torture->left))
		complete(&torture->done);
	while (!kthread_should_stop())
		schedule_timeout_idle(1);
	return 0;
}

/* The CPU of each thread: the online ones in turn. */
static unsigned int next_cpu(unsigned int cpu)
{
	cpu = cpumask_next(cpu, cpu_online_mask);
	return cpu < nr_cpu_ids ? cpu : cpumask_first(cpu_online_mask);
}

static int start_thread(struct torture *torture, struct torture_thread *self,
			u32 start)
{
	struct task_struct *task;

	self->torture = torture;
	prandom_seed_state(&self->rnd, start + self->index * 0x9e3779b9);
	self->data = kzalloc(torture->size, GFP_KERNEL);
	if (!self->data)
		return -ENOMEM;
	task = kthread_create(torture_thread, self, "torture/%u", self->index);
	if (IS_ERR(task))
		return PTR_ERR(task);
	self->task = task;
	if (!torture->unbound)
		kthread_bind(task, self->cpu);
	wake_up_process(task);
	return 0;
}

/* Starts as many as it can. Returns an error of the first that failed. */
static int start_all(struct torture *torture, u32 start)
{
	unsigned int i, cpu = -1;
	int err = 0;

	for (i = 0; i < torture->nr_threads && !err; i++) {
		cpu = next_cpu(cpu);
		torture->threads[i].index = i;
		torture->threads[i].cpu = cpu;
		err = start_thread(torture, &torture->threads[i], start);
	}
	return err;
}

static void stop_all(struct torture *torture)
{
	unsigned int i;

	for (i = 0; i < torture->nr_threads; i++) {
		if (torture->threads[i].task)
			kthread_stop(torture->threads[i].task);
		kfree(torture->threads[i].data);
	}
	kfree(torture->threads);
}

static unsigned long steps_done(const struct torture *torture)
{
	unsigned long sum = 0;
	unsigned int i;

	for (i = 0; i < torture->nr_threads; i++)
		sum += READ_ONCE(torture->threads[i].step);
	return sum;
}

static void __noreturn stuck(const struct torture *torture)
{
	unsigned int i;

	for (i = 0; i < torture->nr_threads; i++)
		pr_err("torture: thread %u (pid %d) on CPU %u: state %x after step %lu\n",
		       i, torture->threads[i].task->pid,
		       task_cpu(torture->threads[i].task),
		       READ_ONCE(torture->threads[i].task->__state),
		       torture->threads[i].step);
	panic("torture: no thread makes a step");
}

/* A wake-up that was lost must end the run, not hang it. */
static void wait_for_all(struct torture *torture)
{
	unsigned long before = 0, now;
	unsigned int looks = 0;

	while (!wait_for_completion_timeout(&torture->done, LOOK_TICKS)) {
		now = steps_done(torture);
		looks = now == before ? looks + 1 : 0;
		if (looks == STUCK_LOOKS)
			stuck(torture);
		before = now;
	}
}

void torture_run(struct kunit *test, struct torture *torture)
{
	u32 start = seed ? seed : get_random_u32();
	unsigned int per_cpu = torture->per_cpu ? torture->per_cpu : 1;
	int err;

	torture->nr_threads = num_online_cpus() * per_cpu;
	torture->threads = kcalloc(torture->nr_threads,
				   sizeof(*torture->threads), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, torture->threads);
	init_completion(&torture->go);
	init_completion(&torture->done);
	atomic_set(&torture->left, torture->nr_threads);
	atomic_set(&torture->wrong, 0);
	torture->each =
		DIV_ROUND_UP((unsigned long)torture->steps * torture_rounds,
			     torture->nr_threads);
	kunit_info(test, "torture.seed=%#x, %u threads, %lu steps each\n",
		   start, torture->nr_threads, torture->each);

	err = start_all(torture, start);
	torture->cancelled = err != 0;
	complete_all(&torture->go);
	if (!err)
		wait_for_all(torture);
	stop_all(torture);
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&torture->wrong), 0);
}
