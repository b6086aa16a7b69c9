using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>Lets the author of a cell set what its parameters are at first.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellInitialization
{
    /// <summary>Asks a cell for the first values of a layer's parameters.</summary>
    /// <param name="cell">The cell, with the layer's options.</param>
    /// <param name="parameters">The network's.</param>
    /// <param name="layer">The layer's name, with a dot.</param>
    public static void Run(CellAttribute cell, ParameterCollection parameters, string layer)
    {
        const string Reverse = "_reverse";
        foreach (var parameter in parameters)
        {
            if (!parameter.Name.StartsWith(layer, StringComparison.Ordinal))
                continue;
            string name = parameter.Name[layer.Length..];
            float[] values = parameter.ToArray();
            cell.InitializeParameter(name.EndsWith(Reverse, StringComparison.Ordinal) ? name[..^Reverse.Length] : name, values);
            parameter.Set(values);
        }
    }
}
