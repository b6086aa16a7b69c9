using RnnGen.Runtime;

namespace RnnGen.Latency;

/// <summary>The work of one time step of one stream, independent of the code that does it.</summary>
/// <param name="MultiplyAdds">
/// Multiply-adds of the matrix products: the number of values of each parameter that is a matrix (rows × columns, × taps for a convolution). A matrix that
/// multiplies the class of a <see cref="NetworkAttribute.OneHot"/> network counts as none, because one of its columns is read and nothing is multiplied. Biases,
/// peepholes, normalisation and activations are not counted.
/// </param>
/// <param name="WeightBytes">
/// Bytes of packed weights that are read, including padding to whole vectors: all weights except the columns of other classes and the
/// initial states; for products with reduced weights, the reduced copy.
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

        long reduced = layout.Reduced.Sum(product => CopiedWords(product) - OriginalWords(product));
        return new StepWork(multiplyAdds, sizeof(float) * (layout.WeightsLength + reduced - unread));
    }

    private static long OriginalWords(ReducedLayout product) => (long)Blocks(product.Units, product.SourceBlockUnits) * product.SourceBlockStride;

    private static long CopiedWords(ReducedLayout product) => (long)Blocks(product.Units, product.BlockUnits) * product.BlockStride;

    private static int Blocks(int units, int blockUnits) => (units + blockUnits - 1) / blockUnits;

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
        Blocks(parameter.Units, parameter.BlockUnits) * parameter.BlockUnits * parameter.Gates.Count;
}
