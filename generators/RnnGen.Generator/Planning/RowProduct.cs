using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>
/// A product over rows (sequences, or steps × sequences): for each block of the panel, sums[row, 0 … width) = start + Σ over columns of source[row, column] ·
/// weights[column, 0 … width). The accumulators of a block lie side by side in the sums as they do in the weights, so that a kernel need not know them. The
/// products of a stage are of this shape, and those with transposed weights that carry gradients back.
/// </summary>
/// <param name="Id">The method's name.</param>
/// <param name="Summary">One sentence for the reader of the generated code.</param>
/// <param name="Source">What is multiplied.</param>
/// <param name="Panel">The weights and the sums.</param>
/// <param name="Output">The pointer to the sums.</param>
/// <param name="OutputRowStride">Floats a row of them.</param>
/// <param name="Start">What the sums start from.</param>
internal sealed record RowProduct(string Id, string Summary, ProductSource Source, Panel Panel, string Output, Size OutputRowStride, SumsStart Start)
    : Kernel(Id, Summary)
{
    /// <summary>Whether it multiplies the layer's input, which does not depend on earlier steps.</summary>
    public bool IsOfInput => Source.Pointer == PartInput.Multiplied;

    /// <summary>The pointers of the method, after its weights.</summary>
    public IEnumerable<string> Pointers => Start == SumsStart.Biases ? [Source.Pointer, StagePlanner.Biases, Output] : [Source.Pointer, Output];

    /// <inheritdoc/>
    public override IReadOnlyList<KernelParameter> Parameters =>
        [new("weights", ParameterKind.Weights), .. Pointers.Select(pointer => new KernelParameter(pointer))];
}

/// <summary>Vectors to multiply, one per row.</summary>
/// <param name="Pointer">The pointer to the vector of the first row.</param>
/// <param name="Offset">Floats to its first element.</param>
/// <param name="RowStride">Floats from one row's vector to the next.</param>
/// <param name="Columns">Its elements, or those of one piece.</param>
/// <param name="Pieces">
/// It may come in pieces, whose weights follow each other and which are multiplied one after the other: where padding parts it, or where all its weights
/// together would not stay in the first cache from one tile of rows to the next.
/// </param>
/// <param name="PieceStride">Floats from one piece to the next.</param>
/// <param name="Gather">Whether the source is not a vector but the number of the one column that counts.</param>
internal sealed record ProductSource(
    string Pointer, Size Offset, Size RowStride, Size Columns, Size Pieces, Size PieceStride, bool Gather = false)
{
    /// <summary>What a kernel declares that cuts a vector into pieces: how many, and their columns.</summary>
    private const string CutPieces = "pieces", CutColumns = "columns";

    /// <summary>Vectors in one piece.</summary>
    public ProductSource(string pointer, Size offset, Size rowStride, Size columns, bool gather = false)
        : this(pointer, offset, rowStride, columns, Size.Of(1), Size.Of(0), gather)
    {
    }

    /// <summary>The constants that a kernel declares for the pieces; none where they have constants of the layer's.</summary>
    public IReadOnlyList<ConstantPlan> Constants { get; init; } = [];

    /// <summary>Whether each piece is summed by itself, and then added: as a step does that sums them at once.</summary>
    public bool InSets { get; init; }

    /// <summary>Floats of weights a piece may have: the smallest first cache.</summary>
    private const int PieceWeights = 8192;

    /// <summary>Floats of a panel that a tile covers at most.</summary>
    private const int TileWidth = 64;

    /// <summary>The same in sets, of which each is a piece.</summary>
    public ProductSource Sets(int count) => count == 1 ? this : Cut(Columns / count) with { InSets = true };

    /// <summary>The same in pieces, if it divides well, where a tile of a panel would need too many weights at once.</summary>
    public ProductSource InPieces(int width)
    {
        int most = PieceWeights / Math.Min(width, TileWidth);
        if (Pieces > 1 || Gather || Columns <= 2 * most)
            return this;
        int columns = Enumerable.Range((most / 2) + 1, most - (most / 2)).LastOrDefault(count => Columns % count == 0);
        return columns == 0 ? this : Cut(columns);
    }

    private ProductSource Cut(int columns)
    {
        var (pieces, piece) = (new Size(Columns / columns, CutPieces), new Size(columns, CutColumns));
        return this with
        {
            Columns = piece,
            Pieces = pieces,
            PieceStride = piece,
            Constants = [new(CutPieces, Size.Of(pieces)), new(CutColumns, new Size(columns, $"{Columns.Factor} / {CutPieces}"))],
        };
    }
}

/// <summary>Weights of some accumulators, and their sums or the gradients of these.</summary>
/// <param name="Blocks">Blocks of units.</param>
/// <param name="Width">Floats side by side in a block: the lanes of the accumulators.</param>
/// <param name="Offset">Of these accumulators' weights, from the first of the columns; kernels are given the weights from there on.</param>
/// <param name="BlockStride">Floats of weights per block.</param>
/// <param name="ColumnStride">Floats from one column's weights to the next.</param>
/// <param name="SumsOffset">Of the first sum in a row.</param>
/// <param name="SumsBlockStride">Floats of a row's sums per block.</param>
internal sealed record Panel(Size Blocks, Size Width, Size Offset, Size BlockStride, Size ColumnStride, Size SumsOffset, Size SumsBlockStride);

/// <summary>What sums start from.</summary>
internal enum SumsStart
{
    /// <summary>0.</summary>
    Zero,

    /// <summary>The biases.</summary>
    Biases,

    /// <summary>What the sums already are.</summary>
    Sums,
}
