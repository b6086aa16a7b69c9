using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Emit;

/// <summary>Prints numbers that loops compute.</summary>
internal static class IntegerText
{
    private const int OfSum = 0, OfProduct = 1, OfOperand = 2;

    /// <summary>As an expression that stands alone.</summary>
    public static string Of(Integer value) => Print(value, OfSum);

    private static string Print(Integer value, int level) => value switch
    {
        Literal literal => Names.Number(literal.Value),
        Local local => local.Name,
        NamedOffset offset => OffsetText.Of(offset),
        HostValue host => Host(host.Quantity, level),
        Sum sum => Grouped($"{Print(sum.Left, OfSum)} + {Print(sum.Right, OfSum)}", level > OfSum),
        Difference difference => Grouped($"{Print(difference.Left, OfSum)} - {Print(difference.Right, OfProduct)}", level > OfSum),
        Product product => Grouped($"{Print(product.Left, OfProduct)} * {Print(product.Right, OfOperand)}", level > OfProduct),
        Parity parity => $"({Print(parity.Value, OfSum)} & 1)",
        StepsAtOnce steps => $"batch.StepsAtOnce({Names.Number(steps.Rows)})",
        _ => throw new ArgumentException($"no text for {value.GetType().Name}"),
    };

    /// <summary>Rows are counted in native integers: steps × sequences may be more than an int holds.</summary>
    private static string Host(HostQuantity quantity, int level) => quantity switch
    {
        HostQuantity.StreamSteps => "steps",
        HostQuantity.BatchSteps => "batch.Steps",
        HostQuantity.BatchSize => "batch.Batch",
        HostQuantity.BatchFirst => "batch.First",
        HostQuantity.BatchEnd => "batch.End",
        HostQuantity.TapeSteps => level == OfProduct ? "(nint)tape.Steps" : "tape.Steps",
        HostQuantity.TapeSize => level == OfProduct ? "(nint)tape.Batch" : "tape.Batch",
        HostQuantity.ViewFirst => "tape.First",
        HostQuantity.ViewCount => "tape.Count",
        _ => throw new ArgumentOutOfRangeException(nameof(quantity)),
    };

    private static string Grouped(string text, bool grouped) => grouped ? $"({text})" : text;
}
