"""The settings of one's own machine with the one line changed that lets a power cut lose saves: the control."""

from aboveline.config.settings import local

globals().update({name: value for name, value in vars(local).items() if name.isupper()})

_options = local.DATABASES["default"]["OPTIONS"]
_options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
