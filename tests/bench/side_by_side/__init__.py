"""Sekisho measured beside HAProxy and nginx on one machine: same work, same TLS, one core each."""
