"""An invented group with an invented history: what the demonstration shows, and the stage for trying things out.

Nobody here exists. Every date is counted from the day it is loaded.
"""
