"""What the end-to-end tests share: a site, a box with its neighbourhood, peers that can be told to misbehave."""
