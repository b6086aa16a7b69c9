using RnnGen.Runtime;

namespace RnnGen.Latency;

/// <summary>What one time step of one stream has to do, whatever code does it.</summary>
/// <param name="MultiplyAdds">
/// Multiply-adds of the matrix products: the number of values of each parameter that is a matrix (rows × columns, × taps for a convolution). A matrix that
/// multiplies the class of a <see cref="NetworkAttribute.OneHot"/> network costs none, for one of its columns is read and nothing multiplied. Biases,
/// peepholes, normalisation and activations are not counted.
/// </param>
/// <param name="WeightBytes">
/// Bytes of packed weights that are read, padding to whole vectors included: all of them, but for the columns that belong to other classes, and what the
/// states begin with.
/// </param>
public sealed record StepWork(long MultiplyAdds, long WeightBytes)
{
    /// <summary>The work of a step of a network.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    public static StepWork Of<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        NetworkLayout layout = TNetwork.Layout;
        long multiplyAdds = 0;
        long unread = layout.States.Where(state => state.LearnedOffset is not null).Sum(state => (long)state.Size);
        foreach (ParameterLayout parameter in layout.Parameters)
        {
            if (IsGathered(parameter, layout))
                unread += (long)(parameter.Columns - parameter.Taps) * PaddedRows(parameter);
            else if (parameter.Shape.Count > 1)
                multiplyAdds += parameter.Count;
        }

        return new StepWork(multiplyAdds, sizeof(float) * (layout.WeightsLength - unread));
    }

    /// <summary>Whether it is what the first layer multiplies a class with; PyTorch's names tell it from what multiplies the layer's own state.</summary>
    private static bool IsGathered(ParameterLayout parameter, NetworkLayout layout)
    {
        if (!layout.OneHot)
            return false;
        string first = layout.Parameters[0].Name;
        string layer = first[..(first.IndexOf('.', StringComparison.Ordinal) + 1)];
        return parameter.Name == $"{layer}weight_ih" || parameter.Name == $"{layer}weight";
    }

    private static int PaddedRows(ParameterLayout parameter) =>
        (parameter.Units + parameter.BlockUnits - 1) / parameter.BlockUnits * parameter.BlockUnits * parameter.Gates.Count;
}
