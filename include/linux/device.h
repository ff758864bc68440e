/* SPDX-License-Identifier: MIT */
/*
 * A device, as far as memory is concerned: its name and how far it reaches.
 */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/printk.h>
#include <linux/types.h>

struct device {
	const char *init_name;
	u64 *dma_mask;		/* streaming: highest reachable address */
	u64 coherent_dma_mask;	/* dma_alloc_coherent() and pools */
	void *driver_data;
};

static inline const char *dev_name(const struct device *dev)
{
	return dev && dev->init_name ? dev->init_name : "(no device)";
}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

#define dev_err(dev, fmt, ...) \
	pr_err("%s: " fmt, dev_name(dev), ##__VA_ARGS__)
#define dev_warn(dev, fmt, ...) \
	pr_warn("%s: " fmt, dev_name(dev), ##__VA_ARGS__)
#define dev_info(dev, fmt, ...) \
	pr_info("%s: " fmt, dev_name(dev), ##__VA_ARGS__)

#endif
