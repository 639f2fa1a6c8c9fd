"""The page 公示牌: the station's code board and the wall of deputies."""
