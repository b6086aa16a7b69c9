namespace RnnGen.Generator.Cells.Own;

/// <summary>The names in the runtime that user's equations stand under.</summary>
internal static class OwnCellWords
{
    /// <summary>The method that states them.</summary>
    public const string Define = "Define";

    /// <summary>The class that they derive from.</summary>
    public const string CellAttribute = "CellAttribute";

    /// <summary>The class of functions.</summary>
    public const string Equations = "Equations";

    /// <summary>The type of a value.</summary>
    public const string Vector = "Vector";

    /// <summary>The method that sets first values.</summary>
    public const string Initialize = "Initialize";
}
