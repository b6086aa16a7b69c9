namespace RnnGen.Runtime;

/// <summary>
/// Finds the tensors of a file whose names are not those of the network's parameters. A delegate, so that a program whose weights are embedded in it, and which
/// loads no other file, does not contain the code.
/// </summary>
/// <param name="parameters">The network's.</param>
/// <param name="architecture">What the network computes; empty where that is of no interest.</param>
/// <param name="tensors">The file's.</param>
/// <returns>The tensors by the names of parameters: one for each. Null where the file's names mean nothing.</returns>
internal delegate Dictionary<string, SafetensorsTensor>? TensorNames(ParameterCollection parameters, string architecture, IReadOnlyList<SafetensorsTensor> tensors);
