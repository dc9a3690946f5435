SELECT DISTINCT sound FROM whereabouts WHERE mark IN (each hash of $people)
