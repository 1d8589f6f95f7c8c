"""Export: banks as files that people and other systems read."""
