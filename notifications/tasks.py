"""placeholder"""


def listen():
    pass
