namespace RnnGen.Formats.Onnx;

/// <summary>Makes RnnGen's layers of vectors.</summary>
internal sealed class LayerWriter
{
    private readonly GraphRun _run;
    private readonly ModelBuilder _builder;
    private readonly SourceWriter _sources;
    private readonly Dictionary<Vector, string> _names = [];

    public LayerWriter(GraphRun run, ModelBuilder builder) => (_run, _builder, _sources) = (run, builder, new SourceWriter(run, builder, _names));

    /// <summary>The classes of a network whose input is one; 0 where it is features.</summary>
    public static int Classes(InputVector input, VectorOrder order)
    {
        if (input.IsClass && order.All.Find(vector => vector is not (EmbeddingVector or OneHotVector) && VectorOrder.SourcesOf(vector).Contains(input)) is { } other)
            throw new UnsupportedLayerException(other.Origin!.DisplayName, other.Origin.Kind, "it computes with whole numbers from the input, expected a table that looks them up");
        int[] classes = [.. order.All.OfType<EmbeddingVector>().Select(embedding => embedding.Classes).Concat(order.All.OfType<OneHotVector>().Select(classes => classes.Size)).Distinct()];
        return !input.IsClass ? 0 : classes.Length == 1 ? classes[0] : throw new UnsupportedLayerException(input.Name, "input", $"it is whole numbers that are looked up in {classes.Length} tables of different sizes, expected one size");
    }

    /// <summary>All layers that outputs need, the outputs' own last.</summary>
    public void Write(VectorOrder order, IReadOnlyList<Cell[]> outputs)
    {
        HashSet<Vector> within = [];
        Dictionary<Vector, LayerChain> chains = [];
        foreach (Vector vector in Enumerable.Reverse(order.All))
        {
            if (within.Contains(vector) || LayerChain.EndingWith(vector, order) is not { } chain)
                continue;
            chains.Add(vector, chain);
            within.UnionWith(chain.Between);
        }

        foreach (Vector vector in order.All.Where(vector => !within.Contains(vector)))
            _names[vector] = chains.TryGetValue(vector, out LayerChain? chain) ? Write(chain, vector) : Write(vector);
        Cell[] all = [.. outputs.SelectMany(output => output)];
        string[] names = _sources.Of(all, null);
        if (names is not [var only] || _builder.Layers.Count == 0 || _builder.Layers[^1].Name != only)
            _sources.Add(new ConcatAttribute { From = names }, "the file's outputs");
    }

    private string Write(LayerChain chain, Vector end)
    {
        string comment = Comment([.. chain.Between.Reverse(), end]);
        string[] from = _sources.Of(chain.Start.Sources[0], end.Origin);
        bool hasBias = Array.Exists(chain.Offset, value => value != 0);
        float[] bias = Floats(chain.Offset);
        (Activation activation, float alpha, float beta) = (chain.Function.Activation, chain.Function.Alpha, chain.Function.Beta);
        switch (chain.Start)
        {
            case LinearVector linear:
                return _sources.Add(
                    new DenseAttribute(end.Size, activation) { From = _sources.From(from), Bias = hasBias, ActivationAlpha = alpha, ActivationBeta = beta },
                    comment,
                    WithBias(hasBias, Scaled(linear.Weight, chain.Scale), bias));
            case ConvolutionVector convolution:
                return _sources.Add(
                    new Conv1DAttribute(end.Size, convolution.Taps, activation)
                    {
                        From = _sources.From(from),
                        Bias = hasBias,
                        Dilation = convolution.Dilation,
                        Padding = convolution.Padding,
                        ActivationAlpha = alpha,
                        ActivationBeta = beta,
                    },
                    comment,
                    WithBias(hasBias, Scaled(convolution.Weight, chain.Scale), bias));
            default:
                var norm = (NormVector)chain.Start;
                if (norm.Factor != 1)
                    from = [_sources.Add(new ActivationAttribute(Activation.Affine) { From = _sources.From(from), ActivationAlpha = (float)norm.Factor }, $"{comment}: its epsilon is {norm.Epsilon:G3}")];
                return _sources.Add(new LayerNormAttribute { From = _sources.From(from) }, comment, ("weight", Floats(chain.Scale)), ("bias", bias));
        }
    }

    private string Write(Vector vector)
    {
        string comment = Comment([vector]);
        switch (vector)
        {
            case InputVector or OneHotVector:
                return ModelBuilder.Input;
            case EmbeddingVector embedding:
                return _sources.Add(new EmbeddingAttribute(embedding.Size) { From = From(0) }, comment, ("weight", embedding.Table));
            case RecurrentVector recurrent:
                return _sources.Add(LayerCopy.Reading(recurrent.Layer.Attribute, From(0)), comment, recurrent.Layer.Parameters);
            case FinalVector { IsCell: false }:
                return _sources.Add(new LastStepAttribute { From = From(0) }, comment);
            case PoolVector { Pool: MeanPoolAttribute }:
                return _sources.Add(new MeanPoolAttribute { From = From(0) }, comment);
            case PoolVector { Pool: MaxPoolAttribute }:
                return _sources.Add(new MaxPoolAttribute { From = From(0) }, comment);
            case PoolVector:
                return _sources.Add(new LastStepAttribute { From = From(0) }, comment);
            case FunctionVector { Function: { } function }:
                return _sources.Add(new ActivationAttribute(function.Activation) { From = From(0), ActivationAlpha = function.Alpha, ActivationBeta = function.Beta }, comment);
            case AffineVector affine:
                return Write(affine, comment);
            case MeanVector mean:
                return _sources.Add(new DenseAttribute(1) { From = From(0), Bias = false }, comment, ("weight", [.. mean.Sources[0].Select(_ => 1f / mean.Sources[0].Length)]));
            case SumVector sum:
                string second = _sources.One(sum.Sources[1], sum.Origin);
                if (sum.Sign < 0)
                    second = _sources.Add(new ActivationAttribute(Activation.Affine) { From = _sources.From([second]), ActivationAlpha = -1 }, comment + ": its second operand is subtracted");
                return _sources.Add(new AddAttribute { From = Two(_sources.One(sum.Sources[0], sum.Origin), second) }, comment);
            case ProductVector:
                return _sources.Add(new MultiplyAttribute { From = Two(_sources.One(vector.Sources[0], vector.Origin), _sources.One(vector.Sources[1], vector.Origin)) }, comment);
            case StateVector state:
                throw new UnsupportedLayerException(state.Name, "state", "it is read by something other than a recurrent layer");
            case LengthsVector:
                throw new UnsupportedLayerException("sequence_lens", "input", "something other than a recurrent layer reads it");
            case ClipVector clip:
                throw new UnsupportedLayerException(clip.Origin!.DisplayName, clip.Origin.Operator, $"it limits values to {-clip.Limit} to {clip.Limit}, which no layer does outside of a recurrent cell");
            default:
                throw new UnsupportedLayerException(vector.Origin!.DisplayName, vector.Origin.Kind, vector is FinalVector ? "the final cell of a layer is not an output of any layer" : "RnnGen has no layer like it");
        }

        string[]? From(int group) => _sources.From(_sources.Of(vector.Sources[group], vector.Origin));

        // Two equal names would be one source.
        string[] Two(string first, string other) => first != other ? [first, other]
            : [first, _sources.Add(new ActivationAttribute(Activation.Linear) { From = _sources.From([first]) }, comment + ": of one vector with itself")];
    }

    private string Write(AffineVector affine, string comment)
    {
        string[] from = _sources.Of(affine.Sources[0], affine.Origin);
        if (affine.Scale.Distinct().Count() == 1 && affine.Offset.Distinct().Count() == 1 && (float)affine.Scale[0] != 0)
            return _sources.Add(new ActivationAttribute(Activation.Affine) { From = _sources.From(from), ActivationAlpha = (float)affine.Scale[0], ActivationBeta = (float)affine.Offset[0] }, comment);
        _run.Spend((long)affine.Size * affine.Size);
        float[] diagonal = new float[checked(affine.Size * affine.Size)];
        for (int index = 0; index < affine.Size; index++)
            diagonal[index * (affine.Size + 1)] = (float)affine.Scale[index];
        return _sources.Add(new DenseAttribute(affine.Size) { From = _sources.From(from) }, comment, ("weight", diagonal), ("bias", Floats(affine.Offset)));
    }

    private static (string, float[])[] WithBias(bool hasBias, float[] weight, float[] bias) => hasBias ? [("weight", weight), ("bias", bias)] : [("weight", weight)];

    private static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);

    /// <summary>Rows, each by its own factor.</summary>
    private static float[] Scaled(float[] weight, double[] scale)
    {
        int columns = weight.Length / scale.Length;
        return Array.TrueForAll(scale, value => value == 1) ? weight : [.. weight.Select((value, index) => (float)(value * scale[index / columns]))];
    }

    /// <summary>The nodes that a layer comes from.</summary>
    private string Comment(IEnumerable<Vector> vectors) => $"{_run.Model.Format} " + string.Join(", ", vectors.Select(vector => vector.Origin).OfType<OnnxNode>()
        .Select(node => $"{node.Kind} {Text.Quote(node.DisplayName)}").Distinct());
}
