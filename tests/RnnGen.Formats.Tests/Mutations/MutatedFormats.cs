using RnnGen.Formats.Keras;
using RnnGen.Formats.Tests.Dl4j;
using RnnGen.Formats.Tests.Onnx;
using RnnGen.Formats.Tests.Tflite;
using RnnGen.Formats.Tests.Torch;
using RnnGen.Formats.Tflite;

namespace RnnGen.Formats.Tests;

/// <summary>The files of each format that are damaged.</summary>
internal static class MutatedFormats
{
    /// <summary>The files by format.</summary>
    public static IReadOnlyDictionary<string, Func<IEnumerable<MutatedFile>>> All { get; } = new Dictionary<string, Func<IEnumerable<MutatedFile>>>
    {
        ["safetensors"] = Safetensors,
        ["PyTorch"] = Torch,
        ["Keras"] = Keras,
        ["ONNX"] = Onnx,
        ["TFLite"] = Tflite,
        ["Deeplearning4j"] = Dl4j,
        ["RTNeural"] = AudioFiles.RtNeural,
        ["GuitarML and AIDA-X"] = AudioFiles.Guitar,
        ["NAM"] = AudioFiles.Nam,
        ["RNNoise"] = AudioFiles.Rnnoise,
    };

    private static NamedTensor[] StateDict => StateDicts.Of(RandomModel.Of(4, new LstmAttribute(3), new LayerNormAttribute(), new DenseAttribute(2)), "rec/0", "norm", "fc");

    private static IEnumerable<MutatedFile> Safetensors()
    {
        using var tool = new ToolRun();
        return
        [
            new("a graph of RnnGen", File.ReadAllBytes(tool.Save(LayerCases.Get("Graph"), "graph")), 1000),
            new("an LSTM of RnnGen", File.ReadAllBytes(tool.Save(LayerCases.Get("Lstm"), "lstm")), 500),
            new("a state dict", StateDicts.Safetensors(StateDict).Bytes, 1000),
        ];
    }

    private static IEnumerable<MutatedFile> Torch()
    {
        yield return new("an archive", TorchFile.Of(StateDict).Bytes, 500);
        foreach (int protocol in new[] { 2, 4 })
        {
            byte[] archive = TorchFile.Of(StateDict, protocol: protocol).Bytes;
            yield return Part($"a pickle of protocol {protocol}", archive, ".pkl", 1000);
        }
    }

    private static IEnumerable<MutatedFile> Keras()
    {
        byte[] archive = KerasWriter.Write(LayerCases.Get("Graph"));
        MutatedFile configuration = Part("a configuration", archive, "config.json", 500), weights = Part("an HDF5 file of weights", archive, ".h5", 500);
        return
        [
            new("an archive", archive, 300), configuration, weights,
            new("weights alone", weights.Bytes, 500) { Model = new ModelFile("config.json", configuration.Bytes) },
            .. MutatedFile.Samples(150, "*.h5", "keras").Where(file => !file.Name.Contains("inputs_and_outputs", StringComparison.Ordinal)),
            .. MutatedFile.Samples(150, "*.keras", "keras"),
        ];
    }

    private static IEnumerable<MutatedFile> Onnx()
    {
        byte[][] own =
        [
            WrittenOutCells.Get("GRU, (1 - z) n + z h").File, WrittenOutCells.Get("LSTM with peepholes").File, WrittenOutCells.Get("LSTM, normalised, with peepholes").File,
            WrittenOutCells.Scan(), .. GraphCases.Files,
        ];
        return
        [
            .. own.Select((file, at) => new MutatedFile($"graph {at}", file, 150)),
            .. MutatedFile.Samples(20, "model*.onnx", "dtln"), .. MutatedFile.Samples(10, "*.onnx", "silero-vad"), .. MutatedFile.Samples(40, "model.onnx", "tract"),
            .. MutatedFile.Samples(20, "model.onnx", "onnx-node-tests"),
        ];
    }

    private static IEnumerable<MutatedFile> Tflite()
    {
        byte[][] own =
        [
            SequenceFile.Lstm(new() { Peepholes = true, Projection = 2 }).Bytes(), SequenceFile.Lstm(new() { Couples = true }, directions: 2, merges: false).Bytes(),
            SequenceFile.Rnn(new()).Bytes(), OperatorFiles.Dense(TfliteType.Int8), OperatorFiles.Flattened(), OperatorFiles.LastStep(),
        ];
        return [.. own.Select((file, at) => new MutatedFile($"file {at}", file, 300)), .. MutatedFile.Samples(20, "*.tflite", "dtln"), .. MutatedFile.Samples(100, "*.tflite", "tflite")];
    }

    private static IEnumerable<MutatedFile> Dl4j()
    {
        byte[] archive = Dl4jFile.Small().Bytes;
        return
        [
            new("an archive", archive, 300), Part("a configuration", archive, "configuration.json", 500), Part("coefficients", archive, "coefficients.bin", 500),
            .. MutatedFile.Samples(100, "Model*.zip", "dl4j"),
        ];
    }

    /// <summary>A part of an archive: its damage is not hidden behind a checksum.</summary>
    private static MutatedFile Part(string name, byte[] archive, string end, int count)
    {
        byte[] part = [];
        string partName = "";
        List<(string, byte[])> others = [];
        using (ZipContent zip = ZipContent.Open(new ModelFile(name, archive))!)
        {
            foreach (string entry in zip.Names)
                if (entry.EndsWith(end, StringComparison.Ordinal))
                    (partName, part) = (entry, zip.Read(entry));
                else
                    others.Add((entry, zip.Read(entry)));
        }

        return new MutatedFile(name, part, count, bytes => TorchFile.Zip([(partName, bytes), .. others]).Bytes);
    }
}
