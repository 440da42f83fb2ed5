"""Certificates to accept and to refuse, each named after the attack."""
