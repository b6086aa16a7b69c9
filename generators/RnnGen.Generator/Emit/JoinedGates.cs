using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Emit;

/// <summary>Prints what becomes of sums that run on from gate to gate: the gates' functions, then the vectors of units, put together from halves.</summary>
internal sealed class JoinedGates(CodeWriter writer, ProductShape product, Tile tile, GateFunctions gates, Arithmetic arithmetic)
{
    private readonly string _whole = VectorType.Of(tile.Lanes), _half = VectorType.Of(tile.Lanes / 2);
    private readonly int _halfLanes = tile.Lanes / 2;

    /// <summary><paramref name="epilogue"/> takes the gates of a vector of units: the first of these, then the vectors.</summary>
    public void Emit(Action<string, IReadOnlyList<string>> epilogue)
    {
        int units = product.Blocking.BlockUnits;
        writer.Line("// The functions of the gates.");
        for (int vector = 0; vector * tile.Lanes < product.Accumulators.Count * units; vector++)
            writer.Local(VectorType.Floats(tile.Lanes), Gates(vector), Value(vector));
        for (int unit = 0; unit < units; unit += tile.Lanes)
            epilogue(
                VectorType.Lanes(tile.Lanes).Times(unit / tile.Lanes).Text,
                product.Accumulators.Select((_, accumulator) => Units((accumulator * units) + unit, tile.LanesAt(unit))).ToList());
    }

    /// <summary>The functions of a vector of sums: one, or one for each half.</summary>
    private string Value(int vector)
    {
        string sum = Sum(vector);
        var (lower, upper) = (Function(vector * tile.Lanes), Function((vector * tile.Lanes) + _halfLanes));
        return lower == upper ? Apply(_whole, lower, sum) : $"{_whole}.Create({Apply(_half, lower, Lower(sum))}, {Apply(_half, upper, Upper(sum))})";
    }

    /// <summary>The vector that begins with some float of all gates: those of a whole one may be in two vectors.</summary>
    private string Units(int place, int lanes)
    {
        var (vector, isUpper) = (place / tile.Lanes, place % tile.Lanes > 0);
        if (lanes == _halfLanes)
            return isUpper ? Upper(Gates(vector)) : Lower(Gates(vector));
        return isUpper ? $"{_whole}.Create({Upper(Gates(vector))}, {Lower(Gates(vector + 1))})" : Gates(vector);
    }

    private Function? Function(int place) => gates.Functions[place / product.Blocking.BlockUnits];

    private string Apply(string vector, Function? function, string sum) => function is null ? sum : new ExprPrinter(vector, arithmetic).Apply(function, sum);

    private string Lower(string vector) => $"{_whole}.GetLower({vector})";

    private string Upper(string vector) => $"{_whole}.GetUpper({vector})";

    private static string Sum(int vector) => LocalName.Of("sum", "_" + Names.Number(vector));

    private static string Gates(int vector) => LocalName.Of("gates", "_" + Names.Number(vector));
}
