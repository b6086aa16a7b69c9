namespace RnnGen.Formats.Tflite;

/// <summary>Says a graph of TensorFlow Lite in nodes of ONNX's kind. What cannot be said becomes a node that is refused, so that a part without it can still be read.</summary>
internal static class GraphTranslation
{
    // The version of ONNX's operators that the translation has in mind.
    private const int OperatorSet = 17;

    /// <summary>The graph.</summary>
    /// <param name="model">The file's model.</param>
    /// <param name="file">The file, where the weights are.</param>
    public static OnnxModel Of(TfliteModel model, FlatFile file)
    {
        var graph = new OnnxGraph();
        foreach (TfliteTensor tensor in model.Tensors)
        {
            if (tensor.Data is not null)
                graph.Initializers[tensor.Name] = TensorValues.Of(file, tensor);
            else
                graph.Values[tensor.Name] = Value(tensor);
        }

        graph.Inputs.AddRange(model.Inputs.Select(place => Value(model.Tensors[place])));
        graph.Outputs.AddRange(model.Outputs.Select(place => Value(model.Tensors[place])));
        Dictionary<int, TfliteOperator> makers = [];
        foreach (TfliteOperator item in model.Operators)
        {
            Translate(new OperatorTranslation(model, item, graph, makers));
            foreach (int output in item.Outputs)
                makers[output] = item;
        }

        return new OnnxModel("", "", OperatorSet, graph) { Format = "TensorFlow Lite", Source = "TensorFlow Lite", Notes = [.. Notes(model)] };
    }

    private static void Translate(OperatorTranslation item)
    {
        try
        {
            OperatorTable.Translate(item);
        }
        catch (UnsupportedLayerException refusal)
        {
            item.StoreRefused(refusal.Reason);
        }
    }

    private static IEnumerable<string> Notes(TfliteModel model)
    {
        if (model.Tensors.Any(tensor => tensor.IsVariable))
            yield return "States are variables of the file, which TensorFlow Lite keeps from one call to the next. So does Step, but each run of whole sequences starts from zero.";
        if (model.Tensors.Count(tensor => tensor is { Data: not null, Scale: not null } && !TensorValues.IsFloat(tensor.Type)) is > 0 and var count)
            yield return $"{count} of the file's tensors are integers with scales; they are read as the numbers that they represent. TensorFlow Lite also rounds the values that they multiply, which RnnGen does not.";
    }

    private static OnnxValue Value(TfliteTensor tensor) => new(tensor.Name, tensor.Type switch
    {
        TfliteType.Float32 or TfliteType.Float16 or TfliteType.Float64 => OnnxType.Float,
        TfliteType.Int32 or TfliteType.Int64 => OnnxType.Int64,
        // Integers that stand for other numbers: what computes with them is refused.
        _ => OnnxType.Unknown,
    }, [.. tensor.Signature.Select(size => size > 0 ? (int?)size : null)]);
}
