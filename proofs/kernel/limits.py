"""Every bound of FORMAT.md, in units that any language has. Beyond one: MALFORMED, or a hole where that is said."""

INSTANCE_BYTES = 4 << 20
CERTIFICATE_BYTES = 64 << 20
LINE_DOTS = 4_000  # full stops in one line of an instance
DOTS = 500_000_000  # those of one line, times all of the instance's and ten for each line
STATES = 2_000
NUMBER_CHARACTERS = 1_000  # of one number in an instance
EXPONENT = 1_000  # of ten, in a number of an instance
INEQUALITY_CHARACTERS = 10_000
INEQUALITY_ENTRIES = 4_000_000  # inequalities, times states
DIGITS = 100_000  # of one integer in a certificate
PARAMETERS = 3  # of a family
DEGREE = 4  # of a family's probability, in each parameter
NESTING = 20  # parentheses in one another
HALVINGS = 20  # of a family's box, to see that a probability is positive
READING = 400_000_000  # steps that reading a family's probabilities takes
CUTS = 64  # halvings of a side of the family's box that an end of a claim's box may take
BOXES = 4_000  # of a family, which claims are about; beyond, a hole
BISECTIONS = 40  # of an interval of gammas, to see that a polynomial is positive there
DEPTH = 400  # splits on one branch of a proof
TREE_STATES = 500  # of an instance whose orbits are counted by trees; beyond, a hole
VECTORS = 50_000  # in one orbit; beyond, a hole
WORK = 10_000_000_000  # steps for one certificate, as FORMAT.md counts them; beyond, a hole
