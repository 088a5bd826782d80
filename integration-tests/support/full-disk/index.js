const fs = require("node:fs")
const { LocalFileService } = require("@medusajs/file-local/dist/services/local-file")
const { ModuleProvider, Modules } = require("@medusajs/framework/utils")

/** A file storage whose disk is full after `room` bytes, for as long as the file `flag` exists. */
class FullDisk extends LocalFileService {
  static identifier = "full-disk"

  constructor(container, options) {
    super(container, { upload_dir: options.directory, private_upload_dir: options.directory, backend_url: "http://localhost/static" })
    this.options = options
  }

  async getUploadStream(file) {
    const upload = await super.getUploadStream(file)
    const write = upload.writeStream._write.bind(upload.writeStream)
    let written = 0
    upload.writeStream._writev = null
    upload.writeStream._write = (chunk, encoding, done) => {
      written += chunk.length
      if (fs.existsSync(this.options.flag) && written > this.options.room) {
        return done(Object.assign(new Error(`ENOSPC: no space left on device, write '${upload.fileKey}'`), { code: "ENOSPC" }))
      }
      write(chunk, encoding, done)
    }
    return upload
  }
}

module.exports = ModuleProvider(Modules.FILE, { services: [FullDisk] })
