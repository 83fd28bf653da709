"""The text for loudspeakers and commune radio, in three lengths, with a plan of when it is said."""
