"""A hand-written API, as small as can be, in the form that the compiler writes: what the runtime is tested on."""
