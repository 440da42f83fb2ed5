"""The search for evidence: whatever finds proofs and counterexamples. Nothing here is trusted; the kernel checks it."""
