namespace RnnGen.Generator.Ir.Programs;

/// <summary>
/// Prints numbers that loops compute, with brackets where they are needed. How signs are written, and what is known when the loop runs, is the notation's.
/// </summary>
internal abstract class IntegerPrinter
{
    /// <summary>What stands beside a number: nothing, or + and − at its left; a sign of a product at its right, or + and −; one at its left.</summary>
    private const int Alone = 0, Factor = 1, LastFactor = 2;

    /// <summary>The sign between the factors of a product.</summary>
    protected abstract string Times { get; }

    /// <summary>A number as an expression that stands alone.</summary>
    public string Print(Integer value) => Print(value, Alone);

    /// <summary>A number as a factor.</summary>
    protected string PrintFactor(Integer value) => Print(value, Factor);

    /// <summary>Where something begins in a memory.</summary>
    protected abstract string Offset(NamedOffset offset);

    /// <summary>A size that has a name.</summary>
    /// <param name="size">It.</param>
    /// <param name="multiplied">Whether it is a factor of a product.</param>
    protected abstract string Size(Size size, bool multiplied);

    /// <summary>What is known when the loop runs.</summary>
    /// <param name="quantity">It.</param>
    /// <param name="multiplied">Whether it is the first factor of a product.</param>
    protected abstract string Host(HostQuantity quantity, bool multiplied);

    /// <summary>1 if a number is odd, otherwise 0.</summary>
    protected abstract string Parity(Integer value);

    /// <summary>How many steps are processed at once.</summary>
    protected abstract string Steps(Size rows);

    private string Print(Integer value, int place) => value switch
    {
        Literal literal => Names.Number(literal.Value),
        Local local => local.Name,
        NamedOffset offset => Offset(offset),
        Known known => Size(known.Size, place > Alone),
        HostValue host => Host(host.Quantity, place == Factor),
        Sum sum => Grouped($"{Print(sum.Left, Alone)} + {Print(sum.Right, Alone)}", place > Alone),
        Difference difference => Grouped($"{Print(difference.Left, Alone)} - {Print(difference.Right, Factor)}", place > Alone),
        Product product => Grouped($"{Print(product.Left, Factor)}{Times}{Print(product.Right, LastFactor)}", place > Factor),
        Parity parity => Parity(parity.Value),
        StepsAtOnce steps => Steps(steps.Rows),
        _ => throw new ArgumentException($"no text for {value.GetType().Name}"),
    };

    private static string Grouped(string text, bool grouped) => grouped ? $"({text})" : text;
}
