#!/bin/busybox sh
# The machine's first process: loads the kernel's modules, takes the host's files for its own, and hands over to
# inside.py. Whatever goes wrong ends the machine, and without a report that is a failure.
box=/bin/busybox
give_up() { echo "machine: $*"; $box poweroff -f; }

$box mount -t proc proc /proc
for word in $($box cat /proc/cmdline); do
  case $word in machine.*=*) eval "$(echo "${word#machine.}" | $box sed "s/=/='/;s/\$/'/")" ;; esac
done
$box date -u -s "@$time" > /dev/null
while read -r module; do
  $box insmod "/modules/$module.ko" || give_up "cannot load the module $module"
done < /modules/order

share() { $box mount -t 9p -o "trans=virtio,version=9p2000.L,access=any,msize=512000,$3" "$1" "$2" || give_up "cannot mount $2"; }
share host /host ro,cache=loose
for kind in proc:proc sysfs:sys devtmpfs:dev; do $box mount -t "${kind%:*}" "${kind%:*}" "/host/${kind#*:}"; done
for folder in tmp run var/tmp; do $box mount -t tmpfs -o mode=1777 tmpfs "/host/$folder"; done
$box mkdir -p /host/dev/pts /host/dev/shm /host/run/netns /host/run/machine "/host$tree"
$box mount -t devpts devpts /host/dev/pts
$box mount -t tmpfs -o mode=1777 tmpfs /host/dev/shm
$box mount -t cgroup2 cgroup2 /host/sys/fs/cgroup
share tree "/host$tree" ro,cache=loose # a tree beneath /tmp would be hidden
share report /host/run/machine rw,cache=none
$box ip link set lo up
$box umount /proc
exec $box switch_root /host /bin/busybox sh -c "
  PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp
  export PATH HOME
  /usr/bin/python3 -B '$tree/tests/machine/inside.py' /run/machine
  /bin/busybox poweroff -f"
