using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Invented to have what no other cell has: three stages of two sizes, two more states, an output that is no state, states that a later stage reads and multiplies
/// as the last step left them, two matrices that multiply one vector, the same function of the same value in two stages.
/// </summary>
/// <param name="units">H: h, v and the output.</param>
/// <param name="memory">M: the small memory m.</param>
/// <param name="names">What the values are called, in the order of <see cref="Values"/>; their own names where there are none.</param>
internal sealed class Relay(int units, int memory, IReadOnlyList<string>? names = null) : Cell("relay", units)
{
    /// <summary>The values that may have other names: all but the states.</summary>
    public static readonly string[] Values = ["mPre", "decay", "uPre", "u", "kPre", "k", "spread", "relayed", "y"];

    protected override void Declare()
    {
        DeclareState("h", Units);
        DeclareState("m", memory);
        DeclareState("v", Units);
        DeclareMatrix("weight_xm", 1, memory, CellGraphBuilder.InputColumns, memory);
        DeclareMatrix("weight_hm", 1, memory, Units, memory);
        DeclareVector("decay", 1, memory, memory);
        DeclareMatrix("weight_mv", 2, Units, memory, Units);
        DeclareVector("bias_v", 2, Units, Units);
        DeclareMatrix("weight_xv", 1, Units, CellGraphBuilder.InputColumns, Units);
        DeclareMatrix("weight_xu", 1, Units, CellGraphBuilder.InputColumns, Units);
        DeclareMatrix("weight_vh", 1, Units, Units, Units);
        DeclareMatrix("weight_vp", 1, Units, Units, Units);
        DeclareMatrix("weight_mh", 1, Units, memory, Units);
    }

    protected override void Equations()
    {
        NextStage(memory);
        var m = Next("m", Tanh(Sum(Name("mPre"), Product("weight_xm", 0, Input), Product("weight_hm", 0, StateVector("h")))) + (Diagonal("decay", 0, Name("decay")) * State("m")));

        NextStage(Units);
        var u = Let(Name("u"), Sigmoid(Sum(Name("uPre"), Product("weight_mv", 0, Vector(m)), Product("weight_xu", 0, Input), Bias("bias_v", 0))));
        var k = Let(Name("k"), Relu(Sum(Name("kPre"), Product("weight_mv", 1, Vector(m)), Product("weight_xv", 0, Input), Bias("bias_v", 1))));
        var v = Next("v", (u * State("v")) + (Tanh(k) * State("h")) - (0.25f * k));
        Let(Name("spread"), 0.5f * Tanh(v));

        NextStage(Units);
        var relayed = Sum(Name("relayed"), Product("weight_vh", 0, Vector(v)), Product("weight_vp", 0, StateVector("v")), Product("weight_mh", 0, StateVector("m")));
        var h = Next("h", ((1 - u) * Tanh(relayed)) + (u * Tanh(v)));
        Output(Let(Name("y"), (h * h) - (State("h") * State("v"))));
    }

    private string Name(string value) => names?[Array.IndexOf(Values, value)] ?? value;
}
