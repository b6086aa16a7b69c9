namespace RnnGen.Generator.Tests.Cells;

/// <summary>Cells that can be read and whose equations make no sense: RNN071.</summary>
internal static class WrongEquations
{
    private const string Id = "RNN071";
    private const string NormalizedNet = "[Network(3)] [Mine(4, LayerNorm = true)]";

    public static IEnumerable<Mistake> All => [.. States, .. Sizes, .. Gates, .. Parameters, .. Numbers];

    private static IEnumerable<Mistake> States =>
    [
        new("a state that is never set", "Vector h = State(\"h\"); Vector m = «State(\"m\")»; Next(h, Tanh(Gate(\"g\", x, h)) + m);", Id, "the state 'm' is never set; write Next(m, …)"),
        new("a state that is set only with an option", "Vector h = «State(\"h\")»; if (Deep) Next(h, Gate(\"g\", x, h));", Id, "the state 'h' is never set; write Next(h, …)") { Members = "public bool Deep { get; set; }" },
        new("a state that is set twice", "Vector h = State(\"h\"); Next(h, Gate(\"g\", x, h)); «Next(h, h)»;", Id, "the state 'h' is set twice; call Next once for each state"),
        new("a state that is none", "Vector h = State(\"h\"); Vector g = Gate(\"g\", x, h); Next(h, g); «Next(g, h)»;", Id, "the first argument of Next is not a state; pass what State(\"…\") returned"),
        new("no state", "Output(Tanh(Gate(\"g\", x)));", Id, "the cell has no state; declare one with State(\"h\") and set it with Next, or use [Dense]") { Define = "«Define»" },
        new("a state of no units", "Vector h = «State(\"h\", Units - 4)»; Next(h, h);", Id, "the state 'h' has 0 units; write sizes from 1 to 16384"),
        new("a state of two sizes", "Vector h = State(\"h\"); Next(h, h + «State(\"h\", 7)»);", Id, "the state 'h' is declared with 4 units and with 7; declare it once, and keep what State returns"),
        new("a state that is named with blanks", "Vector h = «State(\"my state\")»; Next(h, Gate(\"g\", x, h));", Id, "'my state' cannot be the name of a state; use a C# identifier that is not a keyword"),
        new("a state whose name is not known", "Vector h = «State(Label)»; Next(h, Gate(\"g\", x, h));", Id, "a name is not known at compile time; write it as a literal, or build it from constants and options")
        {
            Members = "public string? Label { get; set; }",
        },
        new("two outputs", "Vector h = State(\"h\"); Vector n = Next(h, Gate(\"g\", x, h)); Output(n); «Output(h)»;", Id, "Output is called twice; call it once"),
        new("a number as the output", "Vector h = State(\"h\"); Next(h, Gate(\"g\", x, h)); «Output(Mean(h))»;", Id, "the output is a single number; pass a vector"),
    ];

    private static IEnumerable<Mistake> Sizes =>
    [
        new("a next value of another size", "Vector h = State(\"h\"); Vector m = State(\"m\", 7); Next(m, Tanh(m)); «Next(h, m)»;", Id,
            "the state 'h' has 4 elements, and its next value 7; bring them to one size, for example by a Product"),
        new("vectors of two sizes", "Vector h = State(\"h\"); Vector m = State(\"m\", 7); Next(m, m); Next(h, «h + m»);", Id, "an equation has a vector of 4 elements and one of 7; bring them to one size, for example by a Product"),
        new("the input elementwise", "Vector h = State(\"h\"); Next(h, Tanh(Gate(\"g\", x, h)) + «h * x»);", Id, "an equation has a vector of 4 elements and one of 3; bring them to one size"),
        new("vectors of two sizes in Select", "Vector h = State(\"h\"); Next(h, «Select(h > 0, h, x)»);", Id, "an equation has a vector of 4 elements and one of 3; bring them to one size"),
        new("elements of a class", "Vector h = State(\"h\"); Next(h, Tanh(Gate(\"g\", x, h)) + «h * x»);", Id,
            "the input is a class, and its elements are used; let a Gate or a Product multiply it, or put [Embedding] before the layer") { Network = "[Network(OneHot = 5)] [Mine(4)]" },
        new("a feature that is not there", "Vector h = State(\"h\"); Next(h, Tanh(Gate(\"g\", x, h)) * «Feature(3)»);", Id, "there is no feature 3: the layer reads 3; write an index from 0 to 2"),
        new("a feature of a class", "Vector h = State(\"h\"); Next(h, Tanh(Gate(\"g\", x, h)) * «Feature(0)»);", Id, "the input is a class, and its elements are used; let a Gate") { Network = "[Network(OneHot = 5)] [Mine(4)]" },
    ];

    private static IEnumerable<Mistake> Gates =>
    [
        new("a gate used twice", "Vector h = State(\"h\"); Vector f = Sigmoid(Gate(\"f\", x, h)); Next(h, Tanh(«Gate(\"f\", x, f * h)»));", Id,
            "the gate 'f' is used twice, with different vectors; give the second one its own name"),
        new("gates of two sizes", "Vector h = State(\"h\"); Vector m = State(\"m\", 7); Next(m, m); Next(h, Tanh(Gate(\"a\", x, h)) + Tanh(«Gate(\"b\", x, m)»));", Id,
            "the gate 'b' multiplies a vector of 7 units and other gates one of 4 units, but all of weight_hh is one matrix; give all gates vectors of one size, or use a Product"),
        new("two matrices for one vector", "Vector h = State(\"h\"); Next(h, Tanh(«Gate(\"g\", h, h)»));", Id, "a gate multiplies one vector by two matrices; leave one of them out"),
        new("a matrix for a number", "Vector h = State(\"h\"); Next(h, Tanh(«Gate(\"g\", x, Mean(h))»));", Id, "a matrix multiplies a single number; pass a vector"),
        new("a gate that GateOrder forgets", "GateOrder(\"a\"); Vector h = State(\"h\"); Next(h, Tanh(«Gate(\"b\", x, h)»));", Id, "GateOrder does not name the gate 'b'; name all gates there"),
        new("GateOrder after a gate", "Vector h = State(\"h\"); Vector a = Gate(\"a\", x, h); «GateOrder(\"a\")»; Next(h, a);", Id, "GateOrder is called after a gate, or twice; call it once, before the first gate"),
        new("a gate twice in GateOrder", "«GateOrder(\"a\", \"a\")»; Vector h = State(\"h\"); Next(h, Gate(\"a\", x, h));", Id, "GateOrder names a gate twice; name each gate once"),
        new("parts of a gate used apart, normalised", "Vector h = State(\"h\"); Vector a = Tanh(InputGate(\"n\", x)); Next(h, a + «Sigmoid(StateGate(\"n\", h))»);", Id,
            "the parts of the gate 'n' are used separately, so they cannot be normalised together; add InputGate and StateGate before anything else uses them, or leave out LayerNorm")
        {
            Network = NormalizedNet,
        },
        new("softmax", "Vector h = State(\"h\"); Next(h, «Activate(Activation.Softmax, Gate(\"g\", x, h))»);", Id, "Activate cannot apply Softmax, which takes all units together; choose another activation"),
    ];

    private static IEnumerable<Mistake> Parameters =>
    [
        new("a parameter called like that of gates", "Vector h = State(\"h\"); Next(h, Tanh(«Product(\"weight_hh\", h)»));", Id, "'weight_hh' is the name of a parameter that gates have; give it another one"),
        new("a parameter called like a reverse one", "Vector h = State(\"h\"); Next(h, Tanh(«Product(\"a_reverse\", h)»));", Id,
            "the name 'a_reverse' ends like those of the parameters of a reverse direction; give it another name"),
        new("a parameter used twice", "Vector h = State(\"h\"); Next(h, Product(\"a\", h) + Tanh(«Product(\"a\", x)»));", Id, "the parameter 'a' is used twice, with different sizes or vectors; give the second one its own name"),
        new("a product without rows", "Vector h = State(\"h\"); Next(h, h * Mean(«Product(\"a\", h, Units - 4)»));", Id, "the product 'a' has 0 rows; write sizes from 1 to 16384"),
        new("several rows as one vector", "Vector h = State(\"h\"); Vector p = Weight(\"p\", rows: 2); Next(h, «p * h»);", Id, "the parameter 'p' has 2 rows and is used as one vector; take a row by its index: p[0]"),
        new("a row that is not there", "Vector h = State(\"h\"); Vector p = Weight(\"p\", rows: 2); Next(h, «p[2]» * h);", Id, "the parameter 'p' has no row 2: it has 2; write an index from 0 to 1"),
        new("a row of a state", "Vector h = State(\"h\"); Next(h, «h[1]» * h);", Id, "a vector has no row 1; take rows only of a Weight that has several"),
        new("no rows", "Vector h = State(\"h\"); Next(h, «Weight(\"p\", rows: 0)» * h);", Id, "the parameter 'p' has 0 rows of 4; write sizes from 1 to 16384"),
    ];

    private static IEnumerable<Mistake> Numbers =>
    [
        new("an if on vectors", "Vector h = State(\"h\"); if («h == x») Next(h, h); else Next(h, Gate(\"g\", x));", Id,
            "two vectors are compared by ==, which would ask whether they are one object; write Select(a > b, …), which chooses element by element"),
        new("recursion", "Vector h = State(\"h\"); Next(h, Deep(h));", Id, "'Deep' calls itself, or methods nest deeper than 64; write a loop of constant length")
        {
            Members = "private static Vector Deep(Vector v) => Tanh(«Deep(v)»);",
        },
        new("a loop without an end", "Vector h = State(\"h\"); Next(h, Gate(\"g\", x)); int k = 0; «while (k >= 0) { k = 1 - k; }»", Id,
            "a loop does not end, or takes more than a hundred thousand steps; write a loop whose length is constant"),
        new("a loop of equations without an end", "Vector h = State(\"h\"); Vector v = h; while (true) { «v = v * 0.5»; }", Id, "there are more than 4096 equations; check that loops end, or use fewer and longer vectors"),
        new("division by zero", "Vector h = State(\"h\"); Next(h, Tanh(Product(\"a\", h, «8 / (Units - 4)»)));", Id, "8 / 0 has no value: Attempted to divide by zero; change the options or the arithmetic"),
        new("an index outside an array", "Vector h = State(\"h\"); double[] rates = [0.1, 0.2]; Next(h, «rates[Units]» * h);", Id, "the index 4 is outside an array of 2 elements; write an index from 0 to 1"),
        new("an element set outside an array", "Vector h = State(\"h\"); Vector[] parts = new Vector[2]; «parts[2] = h»; Next(h, h);", Id, "the index 2 is outside an array of 2 elements; write an index from 0 to 1"),
        new("options that the author refuses", "if (Units % 3 != 0) «throw new ArgumentException($\"units must be a multiple of 3, not {Units}\");» Vector h = State(\"h\"); Next(h, h);", Id,
            "the cell itself rejects its options, saying “units must be a multiple of 3, not 4”; change the options"),
        new("a vector that is not set", "Vector h = State(\"h\"); Vector v = null!; Next(h, «v * h»);", Id, "a vector is used before it is set; set it first"),
        new("a function of numbers that is not known", "Vector h = State(\"h\"); Next(h, h * «Math.Cbrt(Units)»);", Id, "Math.Cbrt is not computed at compile time; write a constant"),
        new("a switch without a case for the value", "Vector h = State(\"h\"); Next(h, h * «Units switch { 1 => 0.5, 2 => 0.25 }»);", Id, "no case of the switch matches 4; add '_ => …'"),
        new("a text with a vector in it", "Vector h = State(\"h\"); Next(h, Gate(«$\"g{h}\"», x));", Id, "an interpolated string contains a vector; use numbers and options only"),
    ];
}
