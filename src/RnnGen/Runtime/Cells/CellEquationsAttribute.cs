using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>The equations of a cell of this assembly, for the generator of projects that have no code of it. The generator writes it.</summary>
/// <param name="cell">The class's name in metadata.</param>
/// <param name="version">The version of the text.</param>
/// <param name="definition">The equations, before options are known.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class CellEquationsAttribute(string cell, int version, string definition) : Attribute
{
    /// <summary>The class's name in metadata.</summary>
    public string Cell { get; } = cell;

    /// <summary>The version of the text.</summary>
    public int Version { get; } = version;

    /// <summary>The equations, before options are known.</summary>
    public string Definition { get; } = definition;
}
