"""What each kind of layer computes; `table` lists the rules."""
