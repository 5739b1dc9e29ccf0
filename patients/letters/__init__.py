"""What the patient holds in the hand: finished strings -> one template -> PDF bytes."""
