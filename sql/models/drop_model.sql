-- Takes a version's model out of the warehouse; a training that still runs is stopped.
DROP MODEL IF EXISTS {model};
