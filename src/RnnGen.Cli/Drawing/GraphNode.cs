namespace RnnGen.Cli.Drawing;

/// <summary>A box of a drawing, or a bend of a long arrow that passes boxes.</summary>
internal sealed class GraphNode
{
    /// <summary>The box's lines; none of a bend.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Whether it is a bend.</summary>
    public bool IsBend => Lines.Count == 0;

    /// <summary>What points to it, all of them one row above.</summary>
    public List<GraphNode> Sources { get; } = [];

    /// <summary>The row, 0 on top.</summary>
    public int Row { get; init; }

    /// <summary>Width of the box.</summary>
    public double Width { get; init; }

    /// <summary>The middle.</summary>
    public double X { get; set; }
}
