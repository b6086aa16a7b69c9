namespace RnnGen.Generator.Tests.Cells;

/// <summary>A cell with a mistake that the compiler of C# accepts.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Body">The body of <c>Define</c>; the mistake stands between « and ».</param>
/// <param name="Id">The diagnostic.</param>
/// <param name="Words">What its message says, from the cell on.</param>
internal sealed record Mistake(string Name, string Body, string Id, string Words)
{
    /// <summary>The class's other members.</summary>
    public string Members { get; init; } = "";

    /// <summary>The class's name, parameters and base; the body of its constructor stands among the members.</summary>
    public string Class { get; init; } = "public sealed class MineAttribute(int units) : CellAttribute(units)";

    /// <summary>What else stands in the file.</summary>
    public string Beside { get; init; } = "";

    /// <summary>The network's attributes.</summary>
    public string Network { get; init; } = "[Network(3)] [Mine(4)]";

    /// <summary>The name of <c>Define</c>, which may be the place.</summary>
    public string Define { get; init; } = "Define";

    /// <summary>What stands before the return type of <c>Define</c>.</summary>
    public string Modifiers { get; init; } = "";

    /// <summary>The file, with marks.</summary>
    public string Marked => MarkedCells + $"{Network} public sealed partial class Net;";

    private string MarkedCells => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using RnnGen;
        using static RnnGen.Equations;

        {{Class}}
        {
            {{Members}}

            protected override {{Modifiers}} void {{Define}}(Vector x)
            {
                {{Body}}
            }
        }

        {{Beside}}


        """;

    /// <summary>The file as the user writes it.</summary>
    public string Source => Unmarked(Marked);

    /// <summary>The same without the network.</summary>
    public string WithoutNetwork => Unmarked(MarkedCells);

    /// <summary>The place of the mistake in it.</summary>
    public (int Start, int Length) Place => Marked.IndexOf('«') is var start and >= 0 ? (start, Marked.IndexOf('»') - start - 1) : throw new InvalidOperationException($"'{Name}' has no mark.");

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string Unmarked(string text) => text.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal);
}
