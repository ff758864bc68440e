/* SPDX-License-Identifier: MIT */
#ifndef _QUIRE_VGA_H
#define _QUIRE_VGA_H

/* Clears the text screen, if there is one, and registers it as a console. */
void vga_init(void);

#endif
