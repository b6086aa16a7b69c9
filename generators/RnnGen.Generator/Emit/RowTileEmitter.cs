using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints a register tile. It is inlined, so that the sizes that a kernel gives it become constants of that kernel's code.</summary>
internal sealed class RowTileEmitter(CodeWriter writer, RowTile tile, Arithmetic arithmetic)
{
    private readonly string _vector = VectorType.Of(tile.Lanes);
    private readonly string _floats = VectorType.Floats(tile.Lanes);

    public void Emit()
    {
        if (tile.Kind == TileKind.Product)
            Product();
        else
            Gradient();
    }

    /// <summary>A call of a product's tile: for its rows, sums = start + source · weights.</summary>
    public static void CallProduct(
        CodeWriter writer, RowTile tile, ProductSource source, Panel panel, string weights, string row, IReadOnlyList<string> start, IReadOnlyList<string> sums,
        string add = "false") =>
        writer.Call(tile.Id, [weights, N(panel.ColumnStride), row, N(source.RowStride), source.ColumnsName, .. start, .. sums, add]);

    /// <summary>A call of a gradient's tile: for its columns, gradients += source · rows.</summary>
    public static void CallGradient(CodeWriter writer, RowTile tile, WeightGradientPlan plan, string gradients, string rows, string source) =>
        writer.Call(tile.Id, [gradients, N(plan.Panel.ColumnStride), rows, N(plan.RowStride), source, N(plan.Source.RowStride), "(nuint)rows"]);

    private void Product()
    {
        Header($"sums = start + source · weights, or that added to them, for {Count(tile.Others, "row")} and {Count(tile.Vectors, "vector")} side by side.");
        string[] parameters =
        [
            "ref float weights", "nuint columnStride", "ref float source", "nuint sourceStride", "nuint columns", "ref float start", "nuint startStride",
            "ref float sums", "nuint sumsStride", "bool add",
        ];
        using (writer.Method($"private static void {tile.Id}", parameters))
        {
            Each((row, vector) => writer.Local(_floats, Sum(row, vector), KernelText.Load(_vector, "start", At("startStride", row, vector))));
            using (writer.Block("for (nuint column = 0; column < columns; column++)"))
            {
                writer.Line("ref float w = ref Unsafe.Add(ref weights, column * columnStride);");
                for (int row = 0; row < tile.Others; row++)
                {
                    string element = $"Unsafe.Add(ref source, {KernelText.Sum(Stride("sourceStride", row), "column")})";
                    writer.Local(_floats, "value" + N(row), arithmetic.Factor(_vector, element));
                }

                Accumulate("weight", "w");
            }

            Each((row, vector) =>
            {
                string place = At("sumsStride", row, vector);
                writer.Line(KernelText.Store(_vector, $"add ? {KernelText.Load(_vector, "sums", place)} + {Sum(row, vector)} : {Sum(row, vector)}", "sums", place));
            });
        }
    }

    private void Gradient()
    {
        Header($"gradients += source · rows, for {Count(tile.Others, "column")} and {Count(tile.Vectors, "vector")} side by side.");
        string[] parameters =
        [
            "ref float gradients", "nuint columnStride", "ref float dPre", "nuint dPreStride", "ref float source", "nuint sourceStride", "nuint rows",
        ];
        using (writer.Method($"private static void {tile.Id}", parameters))
        {
            Each((column, vector) => writer.Local(_floats, Sum(column, vector), _floats + ".Zero"));
            using (writer.Block("for (nuint row = 0; row < rows; row++)"))
            {
                writer.Line("ref float dPreRow = ref Unsafe.Add(ref dPre, row * dPreStride);");
                writer.Line("ref float sourceRow = ref Unsafe.Add(ref source, row * sourceStride);");
                for (int column = 0; column < tile.Others; column++)
                    writer.Local(_floats, "value" + N(column), arithmetic.Factor(_vector, column == 0 ? "sourceRow" : $"Unsafe.Add(ref sourceRow, {N(column)})"));
                Accumulate("gradient", "dPreRow");
            }

            Each((column, vector) =>
            {
                string place = At("columnStride", column, vector);
                writer.Line(KernelText.Store(_vector, $"{KernelText.Load(_vector, "gradients", place)} + {Sum(column, vector)}", "gradients", place));
            });
        }
    }

    /// <summary>One vector after the other, each multiplied with all values.</summary>
    private void Accumulate(string name, string reference)
    {
        for (int vector = 0; vector < tile.Vectors; vector++)
        {
            string loaded = KernelText.Load(_vector, reference, N(vector * tile.Lanes));
            if (tile.Others > 1)
                writer.Local(_floats, name + N(vector), loaded);
            string factor = tile.Others > 1 ? name + N(vector) : loaded;
            for (int other = 0; other < tile.Others; other++)
                writer.Line($"{Sum(other, vector)} = {arithmetic.MultiplyAddFactor(_vector, "value" + N(other), factor, Sum(other, vector))};");
        }
    }

    private void Header(string summary) => writer.Gap().Line(KernelText.Summary(summary)).Line(KernelText.Inlined);

    private void Each(Action<int, int> write)
    {
        for (int other = 0; other < tile.Others; other++)
            for (int vector = 0; vector < tile.Vectors; vector++)
                write(other, vector);
    }

    /// <summary>A sum's register: of a row or column, and a vector.</summary>
    private string Sum(int other, int vector) => $"sum{N(other)}{(tile.Vectors > 1 ? "_" + N(vector) : "")}";

    private string At(string stride, int other, int vector) => KernelText.Sum(Stride(stride, other), N(vector * tile.Lanes));

    private static string Stride(string stride, int count) => count switch { 0 => "0", 1 => stride, _ => $"{N(count)} * {stride}" };

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{N(count)} {what}s";
}
