"""What templates of actions may say."""
