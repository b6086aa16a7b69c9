using RnnGen.Runtime;

namespace RnnGen;

/// <summary>
/// Runs the equations of a cell in double precision, as the ordinary C# that they are: the reference that its kernels are compared with, and a way to step
/// through them in a debugger. It shares no code with the kernels.
/// </summary>
public static class CellReference
{
    /// <summary>Runs a cell over a sequence from a zero (or learned) state. Recurrent dropout is left out, as in inference.</summary>
    /// <param name="cell">The cell, with the options of the layer.</param>
    /// <param name="parameters">Values by name, without the layer's (<c>weight_ih</c>), in canonical layout.</param>
    /// <param name="frames">The features of each step, <c>[step][feature]</c>.</param>
    /// <exception cref="InvalidOperationException">The equations contradict themselves, or the parameters do not fit them.</exception>
    public static CellTrace Run(CellAttribute cell, IReadOnlyDictionary<string, double[]> parameters, IReadOnlyList<double[]> frames) =>
        Run(cell, parameters, frames, reverse: false);

    /// <summary>The same in either direction.</summary>
    /// <param name="cell">The cell, with the options of the layer.</param>
    /// <param name="parameters">Values by name, without the layer's (<c>weight_ih</c>), in canonical layout.</param>
    /// <param name="frames">The features of each step, <c>[step][feature]</c>.</param>
    /// <param name="reverse">
    /// Whether to go from the last step to the first; of a cell for both directions, with the parameters of the reverse one (<c>weight_ih_reverse</c>).
    /// </param>
    /// <exception cref="InvalidOperationException">The equations contradict themselves, or the parameters do not fit them.</exception>
    public static CellTrace Run(CellAttribute cell, IReadOnlyDictionary<string, double[]> parameters, IReadOnlyList<double[]> frames, bool reverse)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(frames);
        var execution = new CellExecution(cell, parameters, reverse && cell.Direction == Direction.Bidirectional ? "_reverse" : "");
        var steps = new CellStep[frames.Count];
        for (int turn = 0; turn < steps.Length; turn++)
        {
            int step = reverse ? steps.Length - 1 - turn : turn;
            steps[step] = execution.Step(frames[step]);
        }

        return new CellTrace([.. steps.Select(step => step.Output)], Series(steps, step => step.States), Series(steps, step => step.PreActivations));
    }

    /// <summary>The same with the parameters of a network's layer.</summary>
    /// <param name="cell">The cell, with the options of the layer.</param>
    /// <param name="parameters">The network's.</param>
    /// <param name="layer">The layer's name: <c>mgu0</c>.</param>
    /// <param name="frames">The features of each step, <c>[step][feature]</c>.</param>
    /// <param name="reverse">Whether to go from the last step to the first; of a cell for both directions, with the parameters of the reverse one.</param>
    /// <exception cref="InvalidOperationException">The equations contradict themselves, or the parameters do not fit them.</exception>
    public static CellTrace Run(CellAttribute cell, ParameterCollection parameters, string layer, IReadOnlyList<double[]> frames, bool reverse)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(layer);
        string prefix = layer + ".";
        return Run(cell, parameters.Where(parameter => parameter.Name.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(
            parameter => parameter.Name[prefix.Length..], parameter => parameter.ToArray().Select(value => (double)value).ToArray()), frames, reverse);
    }

    /// <summary>The same with a sequence as networks take it, and the parameters of a network's first layer, whose cell it is.</summary>
    /// <param name="cell">The cell, with the options of the layer.</param>
    /// <param name="parameters">The network's.</param>
    /// <param name="frames">Frames one after the other, <c>[steps × features]</c>.</param>
    /// <exception cref="ArgumentException">The floats are no whole number of frames, or the network has no parameters.</exception>
    /// <exception cref="InvalidOperationException">The equations contradict themselves, or the parameters do not fit them.</exception>
    public static CellTrace Run(CellAttribute cell, ParameterCollection parameters, ReadOnlySpan<float> frames)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        string layer = parameters.Count > 0 ? parameters[0].Name.Split('.')[0] : throw new ArgumentException("The network has no parameters.", nameof(parameters));
        int features = parameters.Layout.InputSize;
        if (frames.Length % features != 0)
            throw new ArgumentException($"There are {frames.Length} floats, which is not a multiple of the network's {features} features.", nameof(frames));
        var steps = new double[frames.Length / features][];
        for (int step = 0; step < steps.Length; step++)
            steps[step] = [.. frames.Slice(step * features, features).ToArray().Select(value => (double)value)];
        return Run(cell, parameters, layer, steps, reverse: false);
    }

    private static Dictionary<string, double[][]> Series(CellStep[] steps, Func<CellStep, IReadOnlyDictionary<string, double[]>> select) => steps.Length == 0
        ? []
        : select(steps[0]).Keys.ToDictionary(name => name, name => steps.Select(step => select(step)[name]).ToArray());
}
