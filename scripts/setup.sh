#!/bin/sh
echo i686-linux-gnu-
