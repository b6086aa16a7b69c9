using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Emit;

/// <summary>Prints numbers that loops compute, in C#.</summary>
internal sealed class IntegerText : IntegerPrinter
{
    private static readonly IntegerText Printer = new();

    protected override string Times => " * ";

    /// <summary>As an expression that stands alone.</summary>
    public static string Of(Integer value) => Printer.Print(value);

    protected override string Offset(NamedOffset offset) => OffsetText.Of(offset);

    protected override string Size(Size size, bool multiplied) => multiplied ? size.Factor : size.Term;

    /// <summary>Rows are counted in native integers: steps × sequences may be more than an int holds.</summary>
    protected override string Host(HostQuantity quantity, bool multiplied) => quantity switch
    {
        HostQuantity.StreamSteps => "steps",
        HostQuantity.BatchSteps => "batch.Steps",
        HostQuantity.BatchSize => "batch.Batch",
        HostQuantity.BatchFirst => "batch.First",
        HostQuantity.BatchEnd => "batch.End",
        HostQuantity.TapeSteps => multiplied ? "(nint)tape.Steps" : "tape.Steps",
        HostQuantity.TapeSize => multiplied ? "(nint)tape.Batch" : "tape.Batch",
        HostQuantity.ViewFirst => "tape.First",
        HostQuantity.ViewCount => "tape.Count",
        _ => throw new ArgumentOutOfRangeException(nameof(quantity)),
    };

    protected override string Parity(Integer value) => $"({Print(value)} & 1)";

    protected override string Steps(Size rows) => $"batch.StepsAtOnce({rows.Text})";
}
