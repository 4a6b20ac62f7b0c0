"""The lab: namespaces around a box, with clinics on its LAN side and a cloud on its WAN side."""
