using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>A mistake in a cell's equations is an exception that names cell and value, not code that computes something else.</summary>
public sealed class CellRulesTests
{
    private const int Size = 4;

    public static TheoryData<string, string> Mistakes => new()
    {
        { "a name twice", "'a' is defined twice" },
        { "no identifier", "'a b' cannot be the name of a value" },
        { "a keyword", "'out' cannot be the name of a value" },
        { "a name of a gradient", "'da' meets the name of a gradient" },
        { "a value before it is there", "'b', which nothing defines before it" },
        { "a pre-activation of an earlier stage", "'aPre', which an earlier stage keeps to itself" },
        { "a value of another size", "has 3 units and uses 'a', which has 4" },
        { "a state of another size", "the state 's' has 2 units, its stage 4" },
        { "a state without an equation", "no equation sets 's'" },
        { "a gate twice", "gate 0 of 'weight' is used twice" },
        { "a gate that is not there", "'weight' has 2 gates, no gate 2" },
        { "a matrix as a vector", "'weight' is a matrix, 'a2' uses it as a vector" },
        { "a parameter that is not there", "no parameter 'bias' is declared" },
        { "a parameter twice", "the parameter 'weight' is declared twice" },
        { "a parameter of another size", "'aPre' has 3 units, a gate of 'weight' 4" },
        { "a vector of another size", "'weight' has the input's size, 's' 2 units" },
        { "a vector of the same stage", "'square' multiplies 'a', which no earlier stage computes" },
        { "a vector twice", "the sum 'aPre' multiplies 'x' twice" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_refused(string mistake, string message)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new Mistaken(mistake).ToGraph());

        Assert.StartsWith("mistaken: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_mistake_there_is_no_exception() => Assert.Equal("a", new Mistaken("").ToGraph().Output);

    private sealed class Mistaken(string mistake) : Cell("mistaken", Size)
    {
        protected override void Declare()
        {
            DeclareMatrix("weight", 2, Units, CellGraphBuilder.InputColumns, Units);
            DeclareMatrix("square", 1, Units, Units, Units);
            if (mistake is "a state of another size" or "a state without an equation" or "a vector of another size")
                DeclareState("s", 2);
            if (mistake == "a parameter twice")
                DeclareMatrix("weight", 1, Units, Units, Units);
        }

        protected override void Equations()
        {
            if (mistake is "a parameter of another size")
                NextStage(3);
            var vector = mistake == "a vector of another size" ? StateVector("s") : Input;
            var sum = Sum("aPre", mistake == "a vector twice" ? [Weight(0, vector), Weight(1, vector)] : [Weight(0, vector)]);
            var a = Output("a", Sigmoid(mistake == "a value before it is there" ? new Variable("b") : sum));
            _ = mistake switch
            {
                "a name twice" => Let("a", 1),
                "no identifier" => Let("a b", a),
                "a keyword" => Let("out", a),
                "a name of a gradient" => Let("da", a),
                "a state of another size" => Next("s", a),
                "a gate twice" => Sum("b", Weight(0, Input)),
                "a gate that is not there" => Sum("b", Weight(2, Input)),
                "a matrix as a vector" => Let("b", Diagonal("weight", 1, "a2") + a),
                "a parameter that is not there" => Sum("b", Bias("bias", 0)),
                "a vector of the same stage" => Sum("b", Product("square", 0, Vector(a))),
                _ => a,
            };
            if (mistake is "a pre-activation of an earlier stage" or "a value of another size")
            {
                NextStage(mistake == "a value of another size" ? 3 : Units);
                Let("b", mistake == "a value of another size" ? a : sum);
            }
        }

        private static Term Weight(int gate, VectorSource vector) => Product("weight", gate, vector);

        private Expr Output(string name, Expr value)
        {
            var output = Let(name, value);
            Output(output);
            return output;
        }
    }
}
