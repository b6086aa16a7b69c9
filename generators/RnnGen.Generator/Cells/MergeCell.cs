using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells;

/// <summary>Vectors of one size become one: the directions of a bidirectional layer, a network's input and its output, what a layer adds or multiplies.</summary>
/// <param name="kind">For display.</param>
/// <param name="units">Their size.</param>
/// <param name="names">The aligned vectors.</param>
/// <param name="merge">What becomes of two.</param>
internal sealed class MergeCell(string kind, int units, IReadOnlyList<string> names, Func<Expr, Expr, Expr> merge) : Cell(kind, units)
{
    /// <summary>The member of the runtime's <c>Merge</c> that puts vectors side by side, which takes no equation.</summary>
    public const string Concat = "Concat";

    /// <summary>The aligned vectors of a bidirectional layer's merge.</summary>
    public const string Forward = "forward";

    /// <inheritdoc cref="Forward"/>
    public const string Backward = "backward";

    /// <summary>The merge of a bidirectional layer, by the name of its enumeration member.</summary>
    public static MergeCell Of(string merge, int units) => new("merge", units, [Forward, Backward], merge switch
    {
        "Sum" => (forward, backward) => forward + backward,
        "Average" => (forward, backward) => 0.5f * (forward + backward),
        "Multiply" => (forward, backward) => forward * backward,
        _ => throw new ArgumentException($"no merge '{merge}'"),
    });

    protected override void Declare()
    {
    }

    protected override void Equations() => Output(Let("y", names.Select(Aligned).ToList().Aggregate(merge)));
}
