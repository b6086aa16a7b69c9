namespace RnnGen.Formats.Onnx;

/// <summary>Reads a <c>ModelProto</c>. The numbers of fields are those of onnx.proto.</summary>
internal static class OnnxModelReader
{
    // Graphs within nodes within graphs: If, Loop and Scan. Exporters nest a handful.
    private const int MaxGraphDepth = 32;

    /// <summary>The model.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static OnnxModel Read(byte[] file)
    {
        string producer = "", version = "";
        long operatorSet = 0;
        var graph = new OnnxGraph();
        foreach (ProtobufField field in new ProtobufMessage(file, 0, file.Length).Fields())
        {
            switch (field.Number)
            {
                case 2: producer = field.Text; break;
                case 3: version = field.Text; break;
                case 7: Read(field.Message, graph, 0); break; // a message in several parts is their sum
                case 8: operatorSet = Math.Max(operatorSet, OperatorSet(field.Message)); break;
            }
        }

        if (graph.Nodes.Count == 0)
            throw new FormatException("expected a graph with nodes, got none");
        GraphNames.Check(graph);
        return new OnnxModel(producer, version, checked((int)operatorSet), graph);
    }

    /// <summary>Whether a file has the fields of a model and none else, at its top.</summary>
    public static bool IsModel(byte[] file)
    {
        bool hasGraph = false, hasVersion = false;
        try
        {
            foreach (ProtobufField field in new ProtobufMessage(file, 0, file.Length).Fields())
            {
                bool known = field.Number switch
                {
                    1 or 5 => !field.IsBytes,
                    2 or 3 or 4 or 6 or 7 or 8 or 14 or 20 or 25 or 26 => field.IsBytes,
                    _ => false,
                };
                if (!known)
                    return false;
                hasVersion |= field.Number is 1 or 8;
                hasGraph |= field.Number == 7;
            }
        }
        catch (FormatException)
        {
            return hasGraph && hasVersion; // an ONNX file that was cut off
        }

        return hasGraph && hasVersion;
    }

    private static long OperatorSet(ProtobufMessage message)
    {
        string domain = "";
        long version = 0;
        foreach (ProtobufField field in message.Fields())
        {
            if (field.Number == 1)
                domain = field.Text;
            else if (field.Number == 2)
                version = field.Integer;
        }

        return domain is "" or "ai.onnx" ? version : 0;
    }

    private static void Read(ProtobufMessage message, OnnxGraph graph, int depth)
    {
        if (depth > MaxGraphDepth)
            throw message.Damage($"expected graphs in graphs at most {MaxGraphDepth} deep, got more");
        foreach (ProtobufField field in message.Fields())
        {
            switch (field.Number)
            {
                case 1:
                    graph.Nodes.Add(Node(field.Message, depth));
                    break;
                case 5:
                    OnnxTensor tensor = OnnxTensorReader.Read(field.Message);
                    if (!graph.Initializers.TryAdd(tensor.Name, tensor))
                        throw field.Message.Damage($"expected weights of different names, got {Text.Quote(tensor.Name)} twice");
                    break;
                case 11:
                    graph.Inputs.Add(Value(field.Message));
                    break;
                case 12:
                    graph.Outputs.Add(Value(field.Message));
                    break;
                case 13:
                    OnnxValue value = Value(field.Message);
                    graph.Values[value.Name] = value;
                    break;
                case 15:
                    throw field.Message.Damage("expected weights without gaps, got a sparse initializer, which is not supported");
            }
        }
    }

    private static OnnxNode Node(ProtobufMessage message, int depth)
    {
        List<string> inputs = [], outputs = [];
        string name = "", operation = "", domain = "";
        Dictionary<string, OnnxAttribute> attributes = new(StringComparer.Ordinal);
        foreach (ProtobufField field in message.Fields())
        {
            switch (field.Number)
            {
                case 1: inputs.Add(field.Text); break;
                case 2: outputs.Add(field.Text); break;
                case 3: name = field.Text; break;
                case 4: operation = field.Text; break;
                case 5:
                    OnnxAttribute attribute = Attribute(field.Message, depth);
                    if (!attributes.TryAdd(attribute.Name, attribute))
                        throw field.Message.Damage($"expected attributes of different names, got {Text.Quote(attribute.Name)} twice");
                    break;
                case 7: domain = field.Text; break;
            }
        }

        return new OnnxNode(name, operation, domain, inputs, outputs, attributes);
    }

    private static OnnxAttribute Attribute(ProtobufMessage message, int depth)
    {
        var attribute = new OnnxAttribute();
        List<double> floats = [];
        foreach (ProtobufField field in message.Fields())
        {
            switch (field.Number)
            {
                case 1: attribute.Name = field.Text; break;
                case 2: attribute.Float = field.Float; break;
                case 3: attribute.Integer = field.Integer; break;
                case 4: attribute.Text = field.Text; break;
                case 5: attribute.Tensor = OnnxTensorReader.Read(field.Message); break;
                case 6:
                    attribute.Graph = new OnnxGraph();
                    Read(field.Message, attribute.Graph, depth + 1);
                    GraphNames.Check(attribute.Graph);
                    break;
                case 7: OnnxTensorReader.AddFloats(field, floats, sizeof(float)); break;
                case 8: OnnxTensorReader.AddIntegers(field, attribute.Integers); break;
                case 9: attribute.Texts.Add(field.Text); break;
            }
        }

        attribute.Floats.AddRange(floats.Select(value => (float)value));
        return attribute;
    }

    private static OnnxValue Value(ProtobufMessage message)
    {
        string name = "";
        var type = OnnxType.Unknown;
        List<int?>? shape = null;
        foreach (ProtobufField field in message.Fields())
        {
            if (field.Number == 1)
                name = field.Text;
            if (field.Number != 2)
                continue;
            foreach (ProtobufField part in field.Message.Fields().Where(part => part.Number == 1).SelectMany(tensor => tensor.Message.Fields()))
            {
                if (part.Number == 1)
                    type = (OnnxType)(int)part.Integer;
                else if (part.Number == 2)
                    shape = [.. part.Message.Fields().Where(dimension => dimension.Number == 1).Select(dimension => Size(dimension.Message))];
            }
        }

        return new OnnxValue(name, type, shape);
    }

    /// <summary>A size that is fixed; some writers put −1 or 0 where it is not.</summary>
    private static int? Size(ProtobufMessage dimension) => dimension.Fields().Where(field => field.Number == 1).Select(field => field.Integer).LastOrDefault() is > 0 and <= int.MaxValue and var size
        ? (int)size
        : null;
}
