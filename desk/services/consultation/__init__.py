"""法律咨询 (F-40): intake, conflict check before the answer, advice with sources, referral."""
