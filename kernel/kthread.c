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

#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

struct kthread {
	int (*threadfn)(void *data);
	void *data;
	bool should_stop; /* K1 */
	int result;
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

void kthread_bind(struct task_struct *p, unsigned int cpu)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&p->pi_lock, flags);
	cpumask_copy(&p->cpus_mask, cpumask_of(cpu));
	p->nr_cpus_allowed = 1;
	p->flags |= PF_NO_SETAFFINITY;
	p->cpu = cpu;
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
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
	wake_up_process(p);
	wait_for_completion(&kthread->exited);
	wait_thread_reaped(p);
	result = kthread->result;
	put_task_struct(p);
	return result;
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
