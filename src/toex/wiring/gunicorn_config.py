"""How gunicorn serves a unit. It is named to gunicorn, or a file of the folder one stands in would be run."""

worker_class = "gthread"
threads = 8
workers = 1  # one process, so that views once opened are lent again
loglevel = "warning"
control_socket_disable = True
