// SPDX-License-Identifier: MIT
/*
 * kthread.c - threads of the kernel, and how they are told to end
 *
 *	kthread_create()    ... sleeps until its first wake-up ...
 *	wake_up_process()       kthread_main(): threadfn(data)
 *	kthread_stop()  ------> kthread_should_stop() is true
 *	     |                  return result
 *	   waits <------------- kthread_exited(), then the last switch
 *	   frees it
 *
 * K1  should_stop is set before the wake-up, and looked at after the thread
 *     has set its state: it does not sleep through its end.
 *
 * Differs from Linux: the caller makes the thread, not kthreadd, as there is
 * nothing that a thread could inherit by mistake. (kernel/kthread.c)
 */
#include <linux/kthread.h>

#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

struct kthread {
	int (*threadfn)(void *data);
	void *data;
	bool should_stop; /* K1 */
	bool should_park; /* the same */
	int result;
	struct completion parked;
	struct completion exited;
};

static struct kthread *to_kthread(struct task_struct *p)
{
	return p->kthread;
}

/* The function of all kernel threads. */
static int kthread_main(void *data)
{
	struct kthread *self = data;
	int result = -EINTR;

	kthread_parkme();
	if (!READ_ONCE(self->should_stop))
		result = self->threadfn(self->data);
	kthread_exit(result);
}

static struct task_struct *kthread_new(int (*threadfn)(void *data), void *data,
				       const char *name)
{
	struct kthread *self = kzalloc(sizeof(*self), GFP_KERNEL);
	struct task_struct *p;

	if (!self)
		return ERR_PTR(-ENOMEM);
	self->threadfn = threadfn;
	self->data = data;
	init_completion(&self->parked);
	init_completion(&self->exited);
	p = create_thread(kthread_main, self, name);
	if (!p) {
		kfree(self);
		return ERR_PTR(-ENOMEM);
	}
	p->kthread = self;
	return p;
}

struct task_struct *kthread_create_on_node(int (*threadfn)(void *data),
					   void *data, int node,
					   const char *namefmt, ...)
{
	char name[TASK_COMM_LEN];
	va_list args;

	va_start(args, namefmt);
	vsnprintf(name, sizeof(name), namefmt, args);
	va_end(args);
	return kthread_new(threadfn, data, name);
}

struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data),
					  void *data, unsigned int cpu,
					  const char *namefmt)
{
	char name[TASK_COMM_LEN];
	struct task_struct *p;

	snprintf(name, sizeof(name), namefmt, cpu);
	p = kthread_new(threadfn, data, name);
	if (!IS_ERR(p))
		kthread_bind(p, cpu);
	return p;
}

/* The CPU may not be there yet. */
void kthread_bind_mask(struct task_struct *p, const struct cpumask *mask)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	cpumask_copy(&p->cpus_mask, mask);
	p->nr_cpus_allowed = cpumask_weight(mask);
	p->flags |= PF_NO_SETAFFINITY;
	p->cpu = cpumask_first(mask);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
}

void kthread_bind(struct task_struct *p, unsigned int cpu)
{
	kthread_bind_mask(p, cpumask_of(cpu));
}

bool kthread_should_stop(void)
{
	struct kthread *self = to_kthread(current);

	return self && READ_ONCE(self->should_stop);
}

void *kthread_data(struct task_struct *p)
{
	return to_kthread(p)->data;
}

int kthread_stop(struct task_struct *p)
{
	struct kthread *kthread = to_kthread(p);
	int result;

	get_task_struct(p);
	WRITE_ONCE(kthread->should_stop, true);
	kthread_unpark(p);
	wake_up_process(p);
	wait_for_completion(&kthread->exited);
	wait_thread_reaped(p);
	result = kthread->result;
	put_task_struct(p);
	return result;
}

/* ----------------------------------------------------------------- parking */

bool kthread_should_park(void)
{
	struct kthread *self = to_kthread(current);

	return self && READ_ONCE(self->should_park);
}

void kthread_parkme(void)
{
	struct kthread *self = to_kthread(current);

	for (;;) {
		set_special_state(TASK_PARKED);
		if (!READ_ONCE(self->should_park))
			break;
		/* who is told that it rests does not find it running */
		preempt_disable();
		complete(&self->parked);
		schedule_preempt_disabled();
		preempt_enable();
	}
	__set_current_state(TASK_RUNNING);
}

int kthread_park(struct task_struct *p)
{
	struct kthread *kthread = to_kthread(p);

	if (WARN_ON(p->flags & PF_EXITING || p == current))
		return -ENOSYS;
	if (WARN_ON_ONCE(READ_ONCE(kthread->should_park)))
		return -EBUSY;
	WRITE_ONCE(kthread->should_park, true);
	wake_up_process(p);
	wait_for_completion(&kthread->parked);
	return 0;
}

void kthread_unpark(struct task_struct *p)
{
	struct kthread *kthread = to_kthread(p);

	if (!READ_ONCE(kthread->should_park))
		return;
	WRITE_ONCE(kthread->should_park, false);
	wake_up_state(p, TASK_PARKED);
}

/* --------------------------------------------------------------------- end */

void __noreturn kthread_complete_and_exit(struct completion *x, long result)
{
	if (x)
		complete(x);
	kthread_exit(result);
}

void __noreturn kthread_exit(long result)
{
	to_kthread(current)->result = result;
	do_exit(0);
}

void kthread_exited(long code)
{
	struct kthread *self = to_kthread(current);

	if (self)
		complete_all(&self->exited);
}
