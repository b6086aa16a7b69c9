namespace RnnGen.Formats.Tests.Onnx;

/// <summary>Cells as exporters write them out: graphs of one step, features 3, units 4, whose states go in and out. In each, gates lie in another order.</summary>
internal static class WrittenOutCells
{
    private const int Features = 3, Units = 4;

    private static readonly Dictionary<string, (string Layer, Func<OnnxFileBuilder> Graph)> All = new()
    {
        ["LSTM, one product of x and h side by side (i j f o)"] = ("Lstm(4)", () => LstmEnd(LstmStart()
            .Weights("W", Features + Units, 4 * Units).Weights("b", 4 * Units)
            .Node("Concat", "x h", "xh", ("axis", 1)).Node("MatMul", "xh W", "p").Node("Add", "p b", "a").Node("Split", ["a"], ["ai", "ag", "af", "ao"], ("axis", 1)))),
        ["LSTM, a product each of x and h (o f i g)"] = ("Lstm(4)", () => LstmEnd(LstmStart()
            .Weights("W", 4 * Units, Features).Weights("U", 4 * Units, Units).Weights("bw", 4 * Units).Weights("bu", 4 * Units)
            .Node("Gemm", "x W bw", "px", ("transB", 1)).Node("Gemm", "h U bu", "ph", ("transB", 1)).Node("Add", "px ph", "a").Node("Split", ["a"], ["ao", "af", "ai", "ag"], ("axis", -1)))),
        ["LSTM, a product for each gate"] = ("Lstm(4, Bias = false)", () => LstmEnd(ByGate(LstmStart(), "i", "f", "g", "o"))),
        ["LSTM with peepholes"] = ("Lstm(4, Peephole = true, Bias = false)", () => ByGate(LstmStart(), "i", "f", "g", "o").Weights("wi", Units).Weights("wf", Units).Weights("wo", Units)
            .Node("Mul", "c wi", "ci").Node("Add", "ai ci", "ai2").Node("Mul", "wf c", "cf").Node("Add", "cf af", "af2")
            .Node("Sigmoid", "ai2", "i").Node("Sigmoid", "af2", "f").Node("Tanh", "ag", "g").Node("Mul", "g i", "added").Node("Mul", "c f", "kept").Node("Add", "added kept", "c_next")
            .Node("Mul", "c_next wo", "co").Node("Add", "ao co", "ao2").Node("Sigmoid", "ao2", "o").Node("Tanh", "c_next", "t").Node("Mul", "t o", "y")
            .Node("Identity", "y", "h_next").Output("h_next", 1, Units).Output("c_next", 1, Units)),
        ["LSTM with coupled gates"] = ("Lstm(4, CoupledGates = true, Bias = false)", () => ByGate(LstmStart(), "i", "g", "o").Scalar("one", 1)
            .Node("Sigmoid", "ai", "i").Node("Tanh", "ag", "g").Node("Sub", "one i", "f").Node("Mul", "f c", "kept").Node("Mul", "g i", "added").Node("Add", "added kept", "c_next")
            .Node("Sigmoid", "ao", "o").Node("Tanh", "c_next", "t").Node("Mul", "t o", "y").Node("Identity", "y", "h_next").Output("h_next", 1, Units).Output("c_next", 1, Units)),
        ["LSTM, its cell limited and its output projected"] = ("Lstm(4, CellClip = 0.2f, Projection = 2, Bias = false)", () => LstmEnd(ByGate(Start(2).Input("c", 1, Units), 2, "i", "f", "g", "o"), limit: 0.2f, projection: 2)),
        ["LSTM, sums limited"] = ("Lstm(4, Clip = 0.3f, Bias = false)", () => LstmEnd(Limited(ByGate(LstmStart(), "ai", "af", "ag", "ao"), "ai", "af", "ag", "ao"))),
        ["LSTM, normalised, with peepholes"] = ("Lstm(4, Peephole = true, LayerNorm = true)", () => Normalised(ByGate(LstmStart(), "i", "f", "g", "o"), 1e-5f, "i", "f", "g", "o")
            .Weights("peepi", Units).Weights("peepf", Units).Weights("peepo", Units)
            .Node("Mul", "c peepi", "ci").Node("Add", "ni ci", "ai2").Node("Mul", "peepf c", "cf").Node("Add", "cf nf", "af2")
            .Node("Sigmoid", "ai2", "i").Node("Sigmoid", "af2", "f").Node("Tanh", "ng", "g").Node("Mul", "g i", "added").Node("Mul", "c f", "kept").Node("Add", "added kept", "c_next")
            .Node("Mul", "c_next peepo", "co").Node("Add", "no co", "ao2").Node("Sigmoid", "ao2", "o").Node("Tanh", "c_next", "t").Node("Mul", "t o", "y")
            .Node("Identity", "y", "h_next").Output("h_next", 1, Units).Output("c_next", 1, Units)),
        ["GRU, normalised with another epsilon, z n + (1 - z) h"] = ("Gru(4, LayerNorm = true)", () => GruEnd(NormalisedGru(0.01f).Scalar("one", 1)
            .Node("Sub", "one z", "not").Node("Mul", "z n", "new").Node("Mul", "not h", "old").Node("Add", "old new", "y"))),
        ["GRU, (1 - z) n + z h"] = ("Gru(4)", () => GruEnd(ResetAfter().Scalar("one", 1).Node("Sub", "one z", "not").Node("Mul", "not n", "new").Node("Mul", "z h", "old").Node("Add", "new old", "y"))),
        ["GRU, n + z (h - n)"] = ("Gru(4)", () => GruEnd(ResetAfter().Node("Sub", "h n", "d").Node("Mul", "d z", "m").Node("Add", "n m", "y"))),
        ["GRU, z n + (1 - z) h"] = ("Gru(4)", () => GruEnd(ResetAfter().Scalar("one", 1).Node("Sub", "one z", "not").Node("Mul", "z n", "new").Node("Mul", "not h", "old").Node("Add", "old new", "y"))),
        ["GRU, h + z (n - h), reset before the product"] = ("Gru(4, Reset = ResetGate.BeforeProduct)", () => GruEnd(ResetBefore().Node("Sub", "n h", "d").Node("Mul", "z d", "m").Node("Add", "m h", "y"))),
        ["GRU, n - z (n - h), reset before the product"] = ("Gru(4, Reset = ResetGate.BeforeProduct)", () => GruEnd(ResetBefore().Node("Sub", "n h", "d").Node("Mul", "z d", "m").Node("Sub", "n m", "y"))),
        ["RNN"] = ("Rnn(4)", () => GruEnd(Start().Weights("W", Features, Units).Weights("U", Units, Units).Weights("b", Units)
            .Node("MatMul", "x W", "px").Node("MatMul", "h U", "ph").Node("Add", "px b", "p").Node("Add", "ph p", "a").Node("Tanh", "a", "y"))),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>A graph, and the layer that it is.</summary>
    public static (byte[] File, string Layer) Get(string name) => (All[name].Graph().Model(operatorSet: 11), All[name].Layer);

    /// <summary>An LSTM whose cell goes on without its last product: none of RnnGen's.</summary>
    public static byte[] Unknown() => LstmStart().Weights("W", Features, Units).Node("MatMul", "x W", "p").Node("Sigmoid", "p", "i").Node("Mul", "i c", "kept").Node("Add", "kept p", "c_next")
        .Node("Mul", "c_next h", "y").Node("Identity", "y", "h_next").Output("h_next", 1, Units).Output("c_next", 1, Units).Model();

    /// <summary>An LSTM as the body of a Scan over time steps [T, batch, features].</summary>
    public static byte[] Scan()
    {
        // Scan wants states before what is scanned, and before what is gathered.
        OnnxFileBuilder body = LstmEnd(ByGate(new OnnxFileBuilder().Input("h", -1, Units).Input("c", -1, Units).Input("x", -1, Features), "o", "i", "f", "g")).Output("y", -1, Units);
        return new OnnxFileBuilder().Input("x", -1, -1, Features).Weights("h0", [1, Units], new float[Units]).Weights("c0", [1, Units], new float[Units]).Weights("V", Units, 2)
            .Node("Scan", ["h0", "c0", "x"], ["hn", "cn", "all"], ("body", body.AsBody()), ("num_scan_inputs", 1))
            .Node("MatMul", "all V", "out").Output("out", -1, -1, 2).Model();
    }

    /// <summary>The same as the body of a Loop that takes a step at each turn.</summary>
    public static byte[] Loop()
    {
        OnnxFileBuilder body = LstmEnd(ByGate(new OnnxFileBuilder().IntegerInput("turn").Condition("go").Input("h", 1, Units).Input("c", 1, Units).Node("Identity", "go", "on").Node("Gather", "frames turn", "x", ("axis", 0)).ConditionOutput("on"), "o", "i", "f", "g")).Output("y", 1, Units);
        return new OnnxFileBuilder().Input("frames", -1, 1, Features).Weights("h0", [1, Units], new float[Units]).Weights("c0", [1, Units], new float[Units]).Weights("V", Units, 2).Integers("zero", 0)
            .Node("Shape", "frames", "s").Node("Gather", "s zero", "n").Node("Loop", ["n", "", "h0", "c0"], ["hn", "cn", "all"], ("body", body.AsBody()))
            .Node("MatMul", "all V", "out").Output("out", -1, 1, 2).Model();
    }

    private static OnnxFileBuilder Start(int outputs = Units) => new OnnxFileBuilder().Input("x", 1, Features).Input("h", 1, outputs).Output("y", 1, outputs);

    private static OnnxFileBuilder LstmStart() => Start().Input("c", 1, Units);

    private static OnnxFileBuilder LstmEnd(OnnxFileBuilder writer, float? limit = null, int? projection = null)
    {
        writer.Node("Sigmoid", "ai", "i").Node("Sigmoid", "af", "f").Node("Tanh", "ag", "g").Node("Mul", "f c", "kept").Node("Mul", "i g", "added").Node("Add", "kept added", limit is null ? "c_next" : "sum");
        if (limit is { } most)
            writer.Scalar("least", -most).Scalar("most", most).Node("Clip", "sum least most", "c_next");
        writer.Node("Sigmoid", "ao", "o").Node("Tanh", "c_next", "t").Node("Mul", "o t", projection is null ? "y" : "m");
        if (projection is { } outputs)
            writer.Weights("P", Units, outputs).Node("MatMul", "m P", "y");
        return writer.Node("Identity", "y", "h_next").Output("h_next", 1, projection ?? Units).Output("c_next", 1, Units);
    }

    private static OnnxFileBuilder GruEnd(OnnxFileBuilder writer) => writer.Node("Identity", "y", "h_next").Output("h_next", 1, Units);

    /// <summary>Pre-activations without biases, from products of their own.</summary>
    private static OnnxFileBuilder ByGate(OnnxFileBuilder writer, params string[] gates) => ByGate(writer, Units, gates);

    private static OnnxFileBuilder ByGate(OnnxFileBuilder writer, int outputs, params string[] gates)
    {
        foreach (string gate in gates)
            writer.Weights("W" + gate, Features, Units).Weights("U" + gate, outputs, Units).Node("MatMul", $"x W{gate}", "p" + gate).Node("MatMul", $"h U{gate}", "q" + gate).Node("Add", $"p{gate} q{gate}", "a" + gate);
        return writer;
    }

    /// <summary>Sums <c>a</c> and a name, limited: the name.</summary>
    private static OnnxFileBuilder Limited(OnnxFileBuilder writer, params string[] sums)
    {
        writer.Scalar("least", -0.3f).Scalar("most", 0.3f);
        foreach (string sum in sums)
            writer.Node("Clip", $"a{sum} least most", sum);
        return writer;
    }

    /// <summary>Sums <c>a</c> and a name, normalised with gains and biases: <c>n</c> and the name.</summary>
    private static OnnxFileBuilder Normalised(OnnxFileBuilder writer, float epsilon, params string[] gates)
    {
        foreach (string gate in gates)
            writer.Scalar("epsilon" + gate, epsilon).Weights("gain" + gate, Units).Weights("bias" + gate, Units)
                .Node("ReduceMean", "a" + gate, "m" + gate, ("axes", new[] { -1 }), ("keepdims", 1)).Node("Sub", $"a{gate} m{gate}", "d" + gate).Node("Mul", $"d{gate} d{gate}", "s" + gate)
                .Node("ReduceMean", "s" + gate, "v" + gate, ("axes", new[] { -1 }), ("keepdims", 1)).Node("Add", $"v{gate} epsilon{gate}", "e" + gate).Node("Sqrt", "e" + gate, "r" + gate)
                .Node("Div", $"d{gate} r{gate}", "u" + gate).Node("Mul", $"gain{gate} u{gate}", "w" + gate).Node("Add", $"w{gate} bias{gate}", "n" + gate);
        return writer;
    }

    /// <summary>Gates z and r, and the candidate n with the reset gate behind the product, all normalised.</summary>
    private static OnnxFileBuilder NormalisedGru(float epsilon) => Normalised(
        Normalised(ByGate(Start(), "R", "Z"), epsilon, "R", "Z").Node("Sigmoid", "nR", "r").Node("Sigmoid", "nZ", "z")
            .Weights("WN", Features, Units).Weights("UN", Units, Units).Node("MatMul", "x WN", "pN").Node("MatMul", "h UN", "qN").Node("Mul", "qN r", "rq").Node("Add", "pN rq", "aN"),
        epsilon, "N").Node("Tanh", "nN", "n");

    /// <summary>An RNN that reads its state beside what it normalises: none of RnnGen's.</summary>
    public static byte[] StateBesideNorm() => GruEnd(Normalised(ByGate(Start(), "N"), 1e-5f, "N").Node("Add", "nN h", "sum").Node("Tanh", "sum", "y")).Model();

    /// <summary>An LSTM of which one gate alone is limited.</summary>
    public static byte[] OneLimited() => LstmEnd(Limited(ByGate(LstmStart(), "ai", "f", "g", "o"), "ai")).Model();

    /// <summary>Gates z and r, and the candidate n with the reset gate behind the product.</summary>
    private static OnnxFileBuilder ResetAfter() => Start().Weights("W", Features, 3 * Units).Weights("U", Units, 3 * Units).Weights("b", 3 * Units).Weights("bn", Units)
        .Node("MatMul", "x W", "p").Node("Add", "p b", "px").Node("MatMul", "h U", "ph")
        .Node("Split", ["px"], ["xn", "xr", "xz"], ("axis", 1)).Node("Split", ["ph"], ["hn", "hr", "hz"], ("axis", 1))
        .Node("Add", "xr hr", "ar").Node("Add", "hz xz", "az").Node("Sigmoid", "ar", "r").Node("Sigmoid", "az", "z")
        .Node("Add", "hn bn", "hb").Node("Mul", "r hb", "rh").Node("Add", "xn rh", "an").Node("Tanh", "an", "n");

    /// <summary>The same with the reset gate before the product: products of x and h side by side.</summary>
    private static OnnxFileBuilder ResetBefore() => Start().Weights("W", Features + Units, 2 * Units).Weights("b", 2 * Units).Weights("V", Features + Units, Units).Weights("bn", Units)
        .Node("Concat", "x h", "xh", ("axis", 1)).Node("MatMul", "xh W", "p").Node("Add", "p b", "a").Node("Sigmoid", "a", "s").Node("Split", ["s"], ["r", "z"], ("axis", 1))
        .Node("Mul", "r h", "rh").Node("Concat", "x rh", "xrh", ("axis", 1)).Node("MatMul", "xrh V", "pn").Node("Add", "pn bn", "an").Node("Tanh", "an", "n");
}
