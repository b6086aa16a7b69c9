using RnnGen.Cli.Verification;
using RnnGen.Formats;

namespace RnnGen.Cli.Importing;

/// <summary>Inputs and outputs that a user recorded in another framework: the tensors <c>input</c> and <c>output</c> of a safetensors file.</summary>
internal static class RecordingFile
{
    private const string Input = "input", Output = "output";

    /// <summary>The recordings of a file: one, or one for each sequence if <c>input</c> has a leading axis of sequences.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The network that they are of.</param>
    /// <exception cref="FormatException">It has other tensors, or their sizes do not match.</exception>
    public static IReadOnlyList<Recording> Read(string path, ModelDescription model)
    {
        ModelFile content = ModelFile.Read(path);
        SafetensorsFile file = Open(content);
        string name = content.Name;
        NamedTensor input = Find(Input), output = Find(Output);
        int axes = model.IsOneHot ? 1 : 2, sequences = input.Shape.Count == axes ? 1 : input.Shape.Count == axes + 1 ? input.Shape[0] : 0;
        if (sequences == 0 || (input.Shape.Count > axes && (output.Shape.Count == 0 || output.Shape[0] != sequences)))
            throw new FormatException($"{name}: expected an input {(model.IsOneHot ? "[steps]" : "[steps, features]")} and its output, or both with a leading axis of sequences, got {input} and {output}");
        return [.. Enumerable.Range(0, sequences).Select(sequence => new Recording($"{name}, sequence {sequence + 1}", Part(input, sequence), Part(output, sequence), null, ModelVerifier.Tolerance))];

        NamedTensor Find(string tensor) => file.Tensors.FirstOrDefault(other => other.Name == tensor)
            ?? throw new FormatException($"{name}: expected a tensor {tensor}, got {string.Join(", ", file.Tensors.Select(other => other.Name))}");

        float[] Part(NamedTensor tensor, int sequence) => tensor.Values[(tensor.Values.Length / sequences * sequence)..(tensor.Values.Length / sequences * (sequence + 1))];
    }

    private static SafetensorsFile Open(ModelFile content)
    {
        try
        {
            return SafetensorsFile.Read(content.Bytes);
        }
        catch (FormatException problem)
        {
            throw new FormatException($"{content.Name}: {problem.Message}", problem);
        }
    }
}
