FROM person WHERE strftime(dob, '%Y-%m-%d') IN (each $days)
