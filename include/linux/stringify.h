#ifndef _LINUX_STRINGIFY_H
#define _LINUX_STRINGIFY_H

/* Two steps, so that a macro is expanded before it becomes a string. */
#define __stringify_1(x...) #x
#define __stringify(x...) __stringify_1(x)

#endif
