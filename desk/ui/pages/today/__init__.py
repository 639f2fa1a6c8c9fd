"""The page 今日: who is here now, who was here today, and what is due."""
