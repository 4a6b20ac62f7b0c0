"""What stands in the cloud: real services that demand the box's client certificate."""
