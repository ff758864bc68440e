// SPDX-License-Identifier: MIT
/*
 * Waiting and waking between all CPUs: is a wake-up ever lost? One that is
 * leaves a thread asleep for ever, which the frame of tortures reports.
 */
#include <quire/torture.h>

#include <linux/completion.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/wait.h>

/* A ball goes round; each thread waits for it, and passes it on. */
static DECLARE_WAIT_QUEUE_HEAD(court);
static atomic_t ball;

static void ball_step(struct torture_thread *self)
{
	int mine = (int)(self->step * self->torture->nr_threads + self->index);

	wait_event(court, atomic_read(&ball) == mine);
	atomic_inc(&ball);
	wake_up_all(&court);
}

/* Does the ball always reach the next one? */
static void ball_goes_round(struct kunit *test)
{
	struct torture torture = {
		.step = ball_step,
		.steps = 160, /* each wakes all */
		.per_cpu = 2,
	};

	atomic_set(&ball, 0);
	torture_run(test, &torture);
	KUNIT_EXPECT_EQ(test, atomic_read(&ball),
			(int)(torture.each * torture.nr_threads));
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&court));
}

/* Neighbours: the even one asks, the odd one answers. */
struct pair {
	struct completion ask, answer;
	u32 value;
};

static struct pair pairs[NR_CPUS];

static void pair_step(struct torture_thread *self)
{
	struct pair *pair = &pairs[self->index / 2];

	if (self->index % 2) {
		wait_for_completion(&pair->ask);
		pair->value = ~pair->value;
		complete(&pair->answer);
		return;
	}
	pair->value = self->step;
	complete(&pair->ask);
	wait_for_completion(&pair->answer);
	TORTURE_CHECK(self, pair->value == ~(u32)self->step);
}

/* Does each question get its answer? */
static void questions_get_answers(struct kunit *test)
{
	struct torture torture = {
		.step = pair_step,
		.steps = 1000,
		.per_cpu = 2,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		init_completion(&pairs[i].ask);
		init_completion(&pairs[i].answer);
	}
	torture_run(test, &torture);
}

/* A few tokens, many takers; each gives its token back. */
#define TOKENS 2

static DECLARE_WAIT_QUEUE_HEAD(token_wait);
static atomic_t tokens;

static void token_step(struct torture_thread *self)
{
	wait_event_exclusive(token_wait, atomic_add_unless(&tokens, -1, 0));
	TORTURE_CHECK(self, atomic_read(&tokens) < TOKENS);
	if (torture_below(self, 4) == 0)
		cond_resched();
	atomic_inc(&tokens);
	wake_up(&token_wait);
}

/* Does waking one of many wake one that goes on? */
static void tokens_go_round(struct kunit *test)
{
	struct torture torture = {
		.step = token_step,
		.steps = 1000,
		.per_cpu = 3,
	};

	atomic_set(&tokens, TOKENS);
	torture_run(test, &torture);
	KUNIT_EXPECT_EQ(test, atomic_read(&tokens), TOKENS);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_SLOW(ball_goes_round),
	KUNIT_CASE_SLOW(questions_get_answers),
	KUNIT_CASE_SLOW(tokens_go_round),
	{}
};

static struct kunit_suite torture_wait = {
	.name = "torture_wait",
	.test_cases = cases,
};
kunit_test_suite(torture_wait);
